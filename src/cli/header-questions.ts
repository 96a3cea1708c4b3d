import type { HelmetHeaders } from '../options/answers.ts';
import {
  type HeaderName,
  headerNames,
  headerSettings,
  SHORTEST_PRELOAD,
} from '../options/kinds/header-settings.ts';
import { checkHeader, strictHeaders } from '../options/kinds/headers.ts';
import { type Ask, BACK } from './ask.ts';
import { askChoice, askText } from './questions.ts';
import { type Outcome, walk } from './walk.ts';

type Draft = { [Name in HeaderName]: HelmetHeaders[HeaderName] };

const WHERE = 'Headers';

/**
 * Asks which headers are sent, and then how each of these is set.
 *
 * @param current what is selected and set to begin with.
 */
export async function askHeaders(
  ask: Ask,
  message: string,
  current: HelmetHeaders,
): Promise<HelmetHeaders | typeof BACK> {
  const draft: Draft = { ...current };
  const steps = [
    () => askWhich(ask, message, draft),
    ...headerNames.map((name) => () => askSetting(ask, name, draft)),
  ];
  return (await walk(steps)) === 'back' ? BACK : (draft as unknown as HelmetHeaders);
}

async function askWhich(ask: Ask, message: string, draft: Draft): Promise<Outcome> {
  const chosen = await ask<HeaderName[]>({
    type: 'multiselect',
    message,
    hint: 'Space takes one out or in, Enter goes on, Esc goes back',
    instructions: false,
    optionsPerPage: headerNames.length,
    choices: headerNames.map((name) => ({
      value: name,
      title: headerSettings[name].header,
      description: headerSettings[name].risk,
      selected: draft[name] !== false,
    })),
  });
  if (chosen === BACK) return 'back';
  for (const name of headerNames) {
    if (!chosen.includes(name)) draft[name] = false;
    else if (draft[name] === false) draft[name] = strictHeaders[name];
  }
  return 'answered';
}

/** Asks how one header is set; there is nothing to ask about one that is left out, or that has one form only. */
async function askSetting(ask: Ask, name: HeaderName, draft: Draft): Promise<Outcome> {
  const setting = headerSettings[name];
  if (draft[name] === false || setting.form === 'toggle') return 'passed';
  if (setting.form === 'transport') return askTransport(ask, draft);
  const reply =
    setting.form === 'choice'
      ? await askChoice(ask, setting.header, setting.choices.map(titled), draft[name])
      : await askText(ask, setting.header, String(draft[name]), (text) => {
          checkHeader(name, text, WHERE);
        });
  if (reply === BACK) return 'back';
  draft[name] = reply as HelmetHeaders[HeaderName];
  return 'answered';
}

function titled({ value, cost }: { readonly value: string; readonly cost: string }) {
  return { value, title: value, cost };
}

const SUBDOMAINS = [
  { value: 'yes', title: 'Yes', cost: 'every subdomain must speak https, for as long' },
  { value: 'no', title: 'No', cost: 'a subdomain over http can still set cookies for this one' },
] as const;

const PRELOAD = [
  { value: 'no', title: 'No', cost: 'the very first visit may still be over http' },
  { value: 'yes', title: 'Yes', cost: 'browsers ship the name; taking it back takes months' },
] as const;

async function askTransport(ask: Ask, draft: Draft): Promise<Outcome> {
  const current = draft.strictTransportSecurity as typeof strictHeaders.strictTransportSecurity;
  const settings = { ...(current || strictHeaders.strictTransportSecurity) } as {
    maxAge: number;
    includeSubDomains: boolean;
    preload: boolean;
  };
  const { header } = headerSettings.strictTransportSecurity;
  const outcome = await walk([
    async () => {
      const text = await askText(
        ask,
        `${header}: max-age in seconds`,
        String(settings.maxAge),
        (typed) => {
          const candidate = { maxAge: Number(typed), includeSubDomains: true, preload: false };
          checkHeader('strictTransportSecurity', candidate, WHERE);
        },
      );
      if (text === BACK) return 'back';
      settings.maxAge = Number(text);
      return 'answered';
    },
    async () => {
      const before = settings.includeSubDomains ? 'yes' : 'no';
      const reply = await askChoice(ask, `${header}: subdomains too?`, SUBDOMAINS, before);
      if (reply === BACK) return 'back';
      settings.includeSubDomains = reply === 'yes';
      return 'answered';
    },
    async () => {
      if (!settings.includeSubDomains || settings.maxAge < SHORTEST_PRELOAD) {
        settings.preload = false;
        return 'passed';
      }
      const before = settings.preload ? 'yes' : 'no';
      const reply = await askChoice(ask, `${header}: preload?`, PRELOAD, before);
      if (reply === BACK) return 'back';
      settings.preload = reply === 'yes';
      return 'answered';
    },
  ]);
  draft.strictTransportSecurity = settings;
  return outcome;
}
