import { MODULES } from '../features/modules.ts';
import { headerNames, headerSettings } from '../options/kinds/header-settings.ts';
import { itemName, valuesOf } from '../options/kinds/headers.ts';
import type { Option, OptionName } from '../options/option.ts';
import { options } from '../options/schema.ts';
import type { Palette } from './colour.ts';
import { type Command, commands, createCommand } from './commands.ts';
import { answerFlags, controlFlags, type Flag } from './flags.ts';
import { columns } from './layout.ts';

const DEFAULT_FIRST = 'Answers, the default first';

/** What the flag of a switch does. */
const SWITCHED_OFF: { readonly [Name in OptionName]?: string } = {
  git: 'make no git repository and no first commit',
  install: 'do not install the dependencies',
};

/** What a header can be set to besides what can be listed, by the form of its setting. */
const OTHER_VALUES: { readonly [form: string]: readonly string[] } = {
  transport: ['max-age=SECONDS[; includeSubDomains][; preload]'],
  text: ['another line of text'],
};

const EXAMPLES = [
  'npx create-secure-express my-api',
  'npx create-secure-express my-api --auth both --jwt-alg EdDSA --hash argon2id --yes',
  'npx create-secure-express my-api --cors https://app.example.com --helmet strict --yes --json',
];

/** What `--help` prints for one command. */
export function helpText(command: Command, { bold, dim }: Palette): string {
  const others = commands.filter((candidate) => candidate !== command);
  const sections: readonly (readonly [title: string, rows: readonly string[]])[] =
    command === createCommand
      ? [
          ['Commands', columns(others.map(({ usage, summary }) => [usage, summary]))],
          [DEFAULT_FIRST, columns(answerRows(command), dim)],
          ['Run', columns(controlRows(command))],
          ['Examples', EXAMPLES],
        ]
      : [
          ...(command.takes === 'modules'
            ? [
                [
                  'Modules',
                  [
                    `${MODULES.join(', ')}; ${command.name === 'add' ? 'auth' : 'all'} where none is named`,
                  ],
                ] as const,
              ]
            : []),
          ...(command.takes === 'modules' && command.name !== 'remove'
            ? [[answersTitle(command), columns(answerRows(command), dim)] as const]
            : []),
          [
            'Flags',
            columns([
              ...(command.name === 'remove' ? answerRows(command) : []),
              ...controlRows(command),
            ]),
          ],
        ];
  return [
    `${bold('npx create-secure-express')} ${command.usage}`,
    capital(command.summary),
    ...sections.flatMap(([title, rows]) => ['', bold(title), ...rows.map((row) => `  ${row}`)]),
    ...(command === createCommand
      ? ['', dim('What each choice costs: npx create-secure-express options')]
      : []),
  ].join('\n');
}

/** What `options` prints for people: every option, its choices, and what each costs. */
export function optionsText({ bold, dim, cyan }: Palette): string {
  return options
    .map((option) => {
      const { when } = option;
      const choices = columns(valueRows(option)).map((row) => `    ${row}`);
      return [
        `${cyan(`--${option.flag}`)}  ${bold(titleOf(option))}`,
        ...(option.risk === undefined ? [] : [`    ${dim(option.risk)}`]),
        ...(when === undefined
          ? []
          : [`    ${dim(`Only with ${when.option} ${when.is.join(' or ')}.`)}`]),
        ...choices,
      ].join('\n');
    })
    .join('\n\n');
}

/** A switch's flag says no to its question. */
function titleOf({ name, question }: Option): string {
  const off = SWITCHED_OFF[name];
  return off === undefined ? question : capital(off);
}

/** What an option can be, and what each costs; the default is marked. */
function valueRows({ name, kind }: Option): readonly (readonly [string, string])[] {
  switch (kind.id) {
    case 'choice': {
      const mark = name === 'packageManager' ? '' : ' (default)';
      return kind.offered.map(({ value, cost }, index) => [
        `${value}${index === 0 ? mark : ''}`,
        cost,
      ]);
    }
    case 'origins':
      return [
        ['none (default)', 'browsers call it from its own origin only; apps are not affected'],
        ['https://app.example.com', 'that origin exactly; several with commas, or the flag again'],
        ['https://*.example.com', 'every direct subdomain, and so whoever takes one over'],
      ];
    case 'headers':
      return headerNames.map((header) => {
        const [byDefault = '', ...others] = valuesOf(header);
        const more = OTHER_VALUES[headerSettings[header].form] ?? [];
        return [itemName(header), [`${byDefault} (default)`, ...more, ...others].join(' | ')];
      });
    default:
      return [];
  }
}

function answersTitle({ name }: Command): string {
  return name === 'add' ? DEFAULT_FIRST : 'Answers, where they are to be others';
}

function answerRows(command: Command): readonly (readonly [string, string])[] {
  const known = answerFlags.filter((flag) => isOffered(flag, command));
  const offered = options.filter((option) => known.some(({ name }) => name === option.flag));
  return offered.map(({ name, flag, label, question, kind, when }) => {
    const only = when === undefined ? '' : ` (with ${when.is.join(' or ')})`;
    switch (kind.id) {
      case 'choice': {
        const choices = kind.offered.map(({ value }) => value).join(' | ');
        const usual = command === createCommand ? 'the one that runs this' : 'as recorded';
        const note = name === 'packageManager' ? `; by default ${usual}` : only;
        return [`--${flag}`, `${choices}${note}`];
      }
      case 'origins':
        return [`--${flag} ORIGINS`, 'none, or origins and https://*.host patterns, with commas'];
      case 'headers':
        return [
          `--${flag} ITEMS`,
          `such as x-frame-options=SAMEORIGIN,origin-agent-cluster=false, or JSON${only}`,
        ];
      case 'name':
        return [`--${flag} NAME`, 'package name; by default the directory’s'];
      case 'switch':
        return [`--${flag}`, SWITCHED_OFF[name] ?? question];
      default:
        return [`--${flag}`, label];
    }
  });
}

function controlRows(command: Command): readonly (readonly [string, string])[] {
  return controlFlags
    .filter((flag) => isOffered(flag, command))
    .map(({ name, short, more, ...flag }) => {
      const { value, summary } = flag.instead?.[command.name] ?? flag;
      return [
        `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
        `${summary}${more?.[command.name] ?? ''}`,
      ];
    });
}

function isOffered(flag: Flag, { name }: Command): boolean {
  return flag.commands.includes(name) && !flag.hiddenFrom?.includes(name);
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
