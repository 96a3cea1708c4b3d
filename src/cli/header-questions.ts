import type { HelmetHeaders } from '../options/answers.ts';
import {
  type HeaderChoice,
  type HeaderName,
  headerNames,
  headerSettings,
  SHORTEST_PRELOAD,
} from '../options/kinds/header-settings.ts';
import { checkHeader, strictHeaders } from '../options/kinds/headers.ts';
import { type Ask, BACK } from './ask.ts';
import { type Asked, askChoice, askText } from './questions.ts';
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
  asked: Asked,
  current: HelmetHeaders,
): Promise<HelmetHeaders | typeof BACK> {
  const draft: Draft = { ...current };
  const steps = [
    () => askWhich(ask, asked, draft),
    ...headerNames.map((name) => () => askSetting(ask, name, draft)),
  ];
  return (await walk(steps)) === 'back' ? BACK : (draft as unknown as HelmetHeaders);
}

async function askWhich(ask: Ask, { message, risk }: Asked, draft: Draft): Promise<Outcome> {
  const chosen = await ask<HeaderName[]>({
    type: 'multiselect',
    message,
    risk,
    hint: 'Space takes one out or in, Enter goes on, Esc goes back.',
    settled: sentOrNot,
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

/** The shorter of what is sent and what is not. */
function sentOrNot(sent: readonly HeaderName[]): string {
  const called = (names: readonly HeaderName[]) =>
    names.map((name) => headerSettings[name].header).join(', ');
  const left = headerNames.filter((name) => !sent.includes(name));
  if (left.length === 0) return 'All of them';
  if (sent.length === 0) return 'None';
  return left.length <= sent.length ? `All but ${called(left)}` : called(sent);
}

/** Asks how one header is set; there is nothing to ask about one that is left out, or that has one form only. */
async function askSetting(ask: Ask, name: HeaderName, draft: Draft): Promise<Outcome> {
  const setting = headerSettings[name];
  if (draft[name] === false || setting.form === 'toggle') return 'passed';
  if (setting.form === 'transport') return askTransport(ask, draft);
  const asked = { message: setting.header, risk: setting.risk };
  const reply =
    setting.form === 'choice'
      ? await askChoice(ask, asked, setting.choices.map(titled(setting.strict)), draft[name])
      : await askText(
          ask,
          asked,
          String(draft[name]),
          (text) => {
            checkHeader(name, text, WHERE);
          },
          { hint: 'Enter takes what is there, Tab lets you edit it.' },
        );
  if (reply === BACK) return 'back';
  draft[name] = reply as HelmetHeaders[HeaderName];
  return 'answered';
}

function titled(strict: string) {
  return ({ value, cost }: HeaderChoice) => ({
    value,
    title: value,
    cost,
    mark: value === strict ? 'recommended' : undefined,
  });
}

const SUBDOMAINS = [
  {
    value: 'yes',
    title: 'Yes',
    mark: 'recommended',
    cost: 'every subdomain must speak https, for as long',
  },
  { value: 'no', title: 'No', cost: 'a subdomain over http can still set cookies for this one' },
] as const;

const PRELOAD = [
  {
    value: 'no',
    title: 'No',
    mark: 'recommended',
    cost: 'the very first visit may still be over http',
  },
  { value: 'yes', title: 'Yes', cost: 'browsers ship the name; taking it back takes months' },
] as const;

async function askTransport(ask: Ask, draft: Draft): Promise<Outcome> {
  const current = draft.strictTransportSecurity as typeof strictHeaders.strictTransportSecurity;
  const settings = { ...(current || strictHeaders.strictTransportSecurity) } as {
    maxAge: number;
    includeSubDomains: boolean;
    preload: boolean;
  };
  const { header, risk } = headerSettings.strictTransportSecurity;
  const outcome = await walk([
    async () => {
      const text = await askText(
        ask,
        { message: `${header}: max-age in seconds`, risk },
        String(settings.maxAge),
        (typed) => {
          const seconds = Number(typed);
          // What is no number at all is named as it was typed.
          const maxAge = Number.isNaN(seconds) ? typed : seconds;
          const candidate = { maxAge, includeSubDomains: true, preload: false };
          checkHeader('strictTransportSecurity', candidate, WHERE);
        },
      );
      if (text === BACK) return 'back';
      settings.maxAge = Number(text);
      return 'answered';
    },
    async () => {
      const before = settings.includeSubDomains ? 'yes' : 'no';
      const reply = await askChoice(
        ask,
        { message: `${header}: subdomains too?`, risk },
        SUBDOMAINS,
        before,
      );
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
      const reply = await askChoice(ask, { message: `${header}: preload?`, risk }, PRELOAD, before);
      if (reply === BACK) return 'back';
      settings.preload = reply === 'yes';
      return 'answered';
    },
  ]);
  draft.strictTransportSecurity = settings;
  return outcome;
}
