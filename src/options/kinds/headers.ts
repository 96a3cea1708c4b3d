import { InputError } from '../../errors.ts';
import type { HelmetHeaders } from '../answers.ts';
import { suggest } from '../closest.ts';
import { printable } from '../printable.ts';
import {
  type HeaderName,
  type HeaderSetting,
  headerNames,
  headerSettings,
  SHORTEST_PRELOAD,
  type TransportHeader,
} from './header-settings.ts';
import type { Kind } from './kind.ts';

export interface HeadersKind extends Kind<HelmetHeaders> {
  readonly id: 'headers';
}

type Transport = TransportHeader['strict'];

const LONGEST_HEADER = 2000;
const LONGEST_MAX_AGE = 315_360_000;

/** The names of the flag's items. */
const itemNames = headerNames.map(itemName);

/** The strict value of every header: what it has when nobody says otherwise. */
export const strictHeaders = Object.freeze(
  Object.fromEntries(headerNames.map((name) => [name, headerSettings[name].strict])),
) as unknown as HelmetHeaders;

/**
 * Helmet's headers with their settings. The flag takes `name` and `name=value` items with commas between them, whose
 * names are Helmet's or those on the wire, or JSON; a header that is not named has its strict value, and `name=false`
 * leaves it out.
 */
export const headersKind: HeadersKind = {
  id: 'headers',
  fromFlag([text = ''], where) {
    return text.trimStart().startsWith('{') ? parseJson(text) : readItems(text, where);
  },
  check(value, where) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw refused(
        where,
        `${printable(value)} is no set of headers`,
        'Write an object, or items such as x-frame-options=SAMEORIGIN.',
      );
    }
    const headers: Record<string, unknown> = { ...structuredClone(strictHeaders) };
    for (const [name, setting] of Object.entries(value)) {
      headers[knownHeader(name, where, headerNames)] = checkHeader(
        name as HeaderName,
        setting,
        where,
      );
    }
    return headers as unknown as HelmetHeaders;
  },
  toFlag(headers) {
    const changed = changedHeaders(headers);
    if (changed.length === 0) return itemNames[0] ?? '';
    // Free text may hold what separates items.
    if (changed.some((name) => headerSettings[name].form === 'text' && headers[name] !== false)) {
      return JSON.stringify(Object.fromEntries(changed.map((name) => [name, headers[name]])));
    }
    return changed.map((name) => `${itemName(name)}=${writeValue(headers[name])}`).join(',');
  },
  describe(headers) {
    const changed = changedHeaders(headers).map((name) => {
      const { header } = headerSettings[name];
      return headers[name] === false ? `no ${header}` : `${header} ${writeValue(headers[name])}`;
    });
    return changed.length === 0 ? 'all, strict' : `strict, but ${changed.join('; ')}`;
  },
  jsonSchema: () => ({
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      headerNames.map((name) => [
        name,
        { ...schemaOf(headerSettings[name]), description: headerSettings[name].risk },
      ]),
    ),
  }),
};

/** What a header can be set to by the flag, what it has by default first. */
export function valuesOf(name: HeaderName): readonly string[] {
  const setting = headerSettings[name];
  const values = setting.form === 'choice' ? setting.choices.map(({ value }) => value) : [];
  return [...new Set([writeValue(strictHeaders[name]), ...values, 'false'])];
}

/**
 * Checks what one header is set to.
 *
 * @param where the flag or the key that the headers came from, for the error.
 * @throws {InputError} when the header cannot have that value.
 */
export function checkHeader(name: HeaderName, value: unknown, where: string): unknown {
  if (value === false) return false;
  const setting = headerSettings[name];
  const at = placeOf(name, where);
  switch (setting.form) {
    case 'choice': {
      const values = setting.choices.map((choice) => choice.value);
      if (values.includes(value as string)) return value;
      throw refused(
        at,
        `${printable(value)} is not a choice`,
        suggest(typeof value === 'string' ? value : '', [...values, 'false']),
      );
    }
    case 'toggle':
      if (value === true) return true;
      throw refused(at, `${printable(value)} is not true or false`, 'Write true or false.');
    case 'text':
      return checkHeaderText(value, at);
    case 'transport':
      return checkTransport(value, setting.strict, at);
  }
}

function checkHeaderText(value: unknown, at: string): string {
  // Anything else could end the header and begin another.
  if (typeof value === 'string' && /^[ -~]+$/.test(value) && value.length <= LONGEST_HEADER) {
    return value;
  }
  throw refused(
    at,
    `${printable(value)} cannot be a header's value`,
    'Write one line of visible ASCII, such as geolocation=(), camera=().',
  );
}

function checkTransport(value: unknown, strict: Transport, at: string): Transport {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refused(
      at,
      `${printable(value)} is not its settings`,
      'Write max-age=63072000; includeSubDomains, or in JSON maxAge, includeSubDomains and preload.',
    );
  }
  const unknown = Object.keys(value).find((key) => !Object.hasOwn(strict, key));
  if (unknown !== undefined) {
    throw refused(
      at,
      `it has no ${printable(unknown)}`,
      'It has maxAge, includeSubDomains and preload.',
    );
  }
  const { maxAge, includeSubDomains, preload }: Transport = { ...strict, ...value };
  if (!Number.isSafeInteger(maxAge) || maxAge < 0 || maxAge > LONGEST_MAX_AGE) {
    throw refused(
      `${at} maxAge`,
      `${printable(maxAge)} is no number of seconds`,
      `Write a whole number such as ${SHORTEST_PRELOAD} (a year), up to ${LONGEST_MAX_AGE} (ten years).`,
    );
  }
  if (typeof includeSubDomains !== 'boolean' || typeof preload !== 'boolean') {
    throw refused(at, 'includeSubDomains and preload are true or false', 'Write true or false.');
  }
  if (preload && (!includeSubDomains || maxAge < SHORTEST_PRELOAD)) {
    throw refused(
      at,
      "browsers' preload lists refuse this",
      `Preload needs includeSubDomains, and a maxAge of ${SHORTEST_PRELOAD} (a year) or more.`,
    );
  }
  return { maxAge, includeSubDomains, preload };
}

/** Reads `name` and `name=value` items into an object; what the values are is checked with the rest. */
function readItems(text: string, where: string): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const item of text.split(',').map((piece) => piece.trim())) {
    const equals = item.indexOf('=');
    const typed = equals < 0 ? item : item.slice(0, equals);
    const candidates = typed.includes('-') ? itemNames : headerNames;
    const name = knownHeader(camelCase(typed), where, candidates);
    if (Object.hasOwn(given, name)) {
      throw refused(where, `${itemName(name)} is given twice`, 'Give it once.');
    }
    given[name] = equals < 0 ? strictHeaders[name] : readValue(name, item.slice(equals + 1), where);
  }
  return given;
}

function readValue(name: HeaderName, text: string, where: string): unknown {
  if (text === 'true') return strictHeaders[name];
  if (text === 'false') return false;
  return headerSettings[name].form === 'transport' ? readTransport(name, text, where) : text;
}

/** Reads the header as it is on the wire: `max-age=63072000; includeSubDomains; preload`. */
function readTransport(name: HeaderName, text: string, where: string): Transport {
  const settings = { maxAge: Number.NaN, includeSubDomains: false, preload: false };
  const refusedWith = (problem: string, seconds = '63072000') => {
    const alone = `${itemName(name)}=max-age=${seconds}`;
    const preload = Number(seconds) < SHORTEST_PRELOAD ? '' : '; preload';
    const mend = `Write ${alone}, or in quotes "${alone}; includeSubDomains${preload}".`;
    return refused(placeOf(name, where), problem, mend);
  };
  for (const part of text.split(';').map((piece) => piece.trim())) {
    const seconds = /^max-age=(\d{1,9})$/i.exec(part)?.[1];
    if (seconds !== undefined) settings.maxAge = Number(seconds);
    else if (/^includeSubDomains$/i.test(part)) settings.includeSubDomains = true;
    else if (/^preload$/i.test(part)) settings.preload = true;
    else {
      const bare = /^\d{1,9}$/.exec(part)?.[0];
      throw refusedWith(`${printable(part)} is none of its settings`, bare);
    }
  }
  if (Number.isNaN(settings.maxAge)) throw refusedWith('it has no max-age');
  return settings;
}

function writeValue(value: HelmetHeaders[HeaderName]): string {
  if (typeof value !== 'object') return String(value);
  const { maxAge, includeSubDomains, preload } = value;
  return [
    `max-age=${maxAge}`,
    ...(includeSubDomains ? ['includeSubDomains'] : []),
    ...(preload ? ['preload'] : []),
  ].join('; ');
}

function changedHeaders(headers: HelmetHeaders): readonly HeaderName[] {
  return headerNames.filter(
    (name) => JSON.stringify(headers[name]) !== JSON.stringify(strictHeaders[name]),
  );
}

/** A header's name as the flag's help spells it. */
export function itemName(name: HeaderName): string {
  return headerSettings[name].header.toLowerCase();
}

/** Where a header was given, for an error: Helmet's name for it in a file, the help's behind a flag. */
function placeOf(name: HeaderName, where: string): string {
  return `${where} ${where.startsWith('--') ? itemName(name) : name}`;
}

/** Helmet's name for a header that is written as on the wire, such as `X-Frame-Options`; anything else as it is. */
function camelCase(text: string): string {
  const lower = text.toLowerCase();
  return headerNames.find((name) => headerSettings[name].header.toLowerCase() === lower) ?? text;
}

function knownHeader(name: string, where: string, candidates: readonly string[]): HeaderName {
  if (Object.hasOwn(headerSettings, name)) return name as HeaderName;
  throw refused(where, `${printable(name)} is no header of Helmet`, suggest(name, candidates));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function schemaOf(setting: HeaderSetting): object {
  switch (setting.form) {
    case 'choice':
      return { enum: [...setting.choices.map((choice) => choice.value), false] };
    case 'toggle':
      return { type: 'boolean' };
    case 'text':
      return {
        anyOf: [
          { type: 'string', pattern: '^[ -~]+$', maxLength: LONGEST_HEADER },
          { const: false },
        ],
      };
    case 'transport':
      return {
        anyOf: [
          {
            type: 'object',
            additionalProperties: false,
            properties: {
              maxAge: { type: 'integer', minimum: 0, maximum: LONGEST_MAX_AGE },
              includeSubDomains: { type: 'boolean' },
              preload: { type: 'boolean' },
            },
          },
          { const: false },
        ],
      };
  }
}

function refused(where: string, problem: string, mend: string): InputError {
  return new InputError({ code: 'bad-header', message: `${where}: ${problem}`, where, mend });
}
