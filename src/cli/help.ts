import { MODULES } from '../features/modules.ts';
import { options } from '../options/schema.ts';
import type { Palette } from './colour.ts';
import { type Command, commands, createCommand } from './commands.ts';
import { answerFlags, controlFlags } from './flags.ts';
import { columns } from './layout.ts';

const EXAMPLES = [
  'create-secure-express my-api',
  'create-secure-express my-api --auth both --jwt-alg EdDSA --hash argon2id --yes',
  'create-secure-express my-api --cors https://app.example.com --helmet strict --yes --json',
];

/** What `--help` prints for one command. */
export function helpText(command: Command, { bold, dim }: Palette): string {
  const others = commands.filter((candidate) => candidate !== command);
  const sections: readonly (readonly [title: string, rows: readonly string[]])[] =
    command === createCommand
      ? [
          ['Commands', columns(others.map(({ usage, summary }) => [usage, summary]))],
          ['Answers', columns(answerRows(command), dim)],
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
          ['Flags', columns(controlRows(command))],
        ];
  return [
    `${bold('create-secure-express')} ${command.usage}`,
    capital(command.summary),
    ...sections.flatMap(([title, rows]) => ['', bold(title), ...rows.map((row) => `  ${row}`)]),
    ...(command === createCommand
      ? ['', dim('What each choice costs: create-secure-express options')]
      : []),
  ].join('\n');
}

/** What `options` prints for people: every option, its choices, and what each costs. */
export function optionsText({ bold, dim, cyan }: Palette): string {
  return options
    .map((option) => {
      const { kind, when } = option;
      const choices =
        kind.id === 'choice'
          ? columns(kind.offered.map(({ value, cost }) => [value, cost])).map((row) => `    ${row}`)
          : [];
      return [
        `${cyan(`--${option.flag}`)}  ${bold(option.question)}`,
        ...(option.risk === undefined ? [] : [`    ${dim(option.risk)}`]),
        ...(when === undefined
          ? []
          : [`    ${dim(`Only with ${when.option} ${when.is.join(' or ')}.`)}`]),
        ...choices,
      ].join('\n');
    })
    .join('\n\n');
}

function answersTitle({ name }: Command): string {
  return name === 'add' ? 'Answers' : 'Answers, where they are to be others';
}

function answerRows(command: Command): readonly (readonly [string, string])[] {
  const known = answerFlags.filter(({ commands }) => commands.includes(command.name));
  const offered = options.filter((option) => known.some(({ name }) => name === option.flag));
  return offered.map(({ flag, label, question, kind, when }) => {
    const only = when === undefined ? '' : ` (with ${when.is.join(' or ')})`;
    switch (kind.id) {
      case 'choice':
        return [`--${flag}`, `${kind.offered.map(({ value }) => value).join(' | ')}${only}`];
      case 'origins':
        return [`--${flag} ORIGINS`, 'none, or origins and https://*.host patterns, with commas'];
      case 'headers':
        return [`--${flag} ITEMS`, `name=value items with commas, or JSON${only}`];
      case 'name':
        return [`--${flag} NAME`, 'package name; by default the directory’s'];
      case 'switch':
        return [`--${flag}`, `${question.replace(/\?$/, '')}: no`];
      default:
        return [`--${flag}`, label];
    }
  });
}

function controlRows(command: Command): readonly (readonly [string, string])[] {
  return controlFlags
    .filter(
      (flag) => flag.commands.includes(command.name) && !flag.hiddenFrom?.includes(command.name),
    )
    .map(({ name, short, value, summary }) => [
      `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
      summary,
    ]);
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
