import type { Addition } from '../commands/addition.ts';
import { hasAccounts } from '../features/modules.ts';
import { mountedFor } from '../host/mounted.ts';
import type { HostShape } from '../host/shape.ts';
import type { Kind } from '../options/kinds/kind.ts';
import type { OptionName } from '../options/option.ts';
import { options } from '../options/schema.ts';
import type { Palette } from './colour.ts';
import { columns, textWidth, wrap } from './layout.ts';

/** What was read of a repo, in one line. */
export function foundText(name: string, shape: HostShape, appAt: string | undefined): string {
  const { language, modules, express, packageManager, testRunner } = shape;
  const parts = [
    language === 'typescript' ? 'TypeScript' : 'JavaScript',
    modules === 'esm' ? 'ES modules' : 'CommonJS',
    `Express ${express}`,
    packageManager,
    ...(testRunner === undefined ? [] : [`tests with ${testRunner}`]),
  ];
  const app = appAt === undefined ? 'where the app is made is not clear' : `app in ${appAt}`;
  return `${name}: ${parts.join(', ')}; ${app}`;
}

const NOT_MOUNTED = 'no file: the lines are yours to put in, and are shown at the end';

/** What is about to be added, for a last look. */
export function additionSummary(
  addition: Addition,
  { bold, dim }: Palette,
  width: number | undefined,
): string {
  const { name, modules, answers, mounted, packages, secrets, shape, leftOut } = addition;
  const signsIn = hasAccounts(modules);
  const matters: readonly OptionName[] = [
    ...(signsIn
      ? options
          .map((option) => option.name)
          .filter((one) => !/^(name|helmet|helmetHeaders)$/.test(one))
      : modules.includes('password')
        ? (['hash'] as const)
        : []),
    ...(modules.includes('cors') ? (['corsOrigins'] as const) : []),
    ...(modules.includes('helmet') ? (['helmet', 'helmetHeaders'] as const) : []),
  ];
  const chosen = options.filter(
    (option) => option.asked && matters.includes(option.name) && answers[option.name] !== undefined,
  );
  const raised = packages.raised.map(({ name: one, from, to }) => `${one} from ${from} to ${to}`);
  const place = mounted.map(({ where }) => where).join(', ');
  const rows: (readonly [string, string])[] = [
    ...chosen.map(({ label, kind, name: option }): readonly [string, string] => [
      label,
      (kind as Kind<unknown>).describe(answers[option]),
    ]),
    ['Folder', `${shape.folder}/`],
    ...(mountedFor(modules).length === 0
      ? []
      : [['Mounted in', place === '' ? NOT_MOUNTED : place] as const]),
    ...(packages.added.length === 0 ? [] : [['New packages', packages.added.join(', ')] as const]),
    ...(raised.length === 0 ? [] : [['Raised', raised.join(', ')] as const]),
    ...(leftOut.length === 0
      ? []
      : [['Left out', `${leftOut.join(', ')}: you have your own`] as const]),
    ...(secrets.length === 0 ? [] : [['Fresh secrets', `${secrets.join(', ')} in .env`] as const]),
  ];
  const margin = Math.max(...rows.map(([label]) => label.length)) + 4;
  return [
    '',
    bold(`This is what ${name} gets: ${modules.join(', ')}`),
    ...rows.flatMap(([label, value]) => {
      const [first = '', ...more] = wrap(value, textWidth(width), ' '.repeat(margin));
      return [`  ${dim(label.padEnd(margin - 2))}${first.trimStart()}`, ...more];
    }),
    '',
  ].join('\n');
}

/**
 * What is there now, and how to go on from it.
 *
 * @param first what is to be typed before anything else.
 */
export function additionText(
  addition: Addition,
  first: readonly string[],
  { bold, dim }: Palette,
  width: number | undefined,
): readonly string[] {
  const { mounted, routes, secrets, isHidden, protection, shape, start, origin } = addition;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', bold(title), ...lines.map((line) => `  ${line}`)];
  const prose = (text: string) => wrap(text, textWidth(width) - 2);
  const rows = mounted.map(({ where, line }) => [where, line] as const);
  const [tried] = routes.filter((route) => route.startsWith('GET /auth/'));
  return [
    ...section('Mounted', columns(rows)),
    ...section('Routes', routes),
    ...section(
      'Settings',
      secrets.length === 0
        ? []
        : prose(
            `${secrets.join(', ')} in .env, drawn anew; ${isHidden ? 'git does not see that file' : 'keep that file out of git'}`,
          ),
    ),
    ...section('For your own routes', protection),
    ...section('Next', [
      ...first,
      ...(addition.routes.length === 0 ? [] : [`NODE_ENV=development ${start}`]),
      ...(tried === undefined
        ? []
        : [
            `curl -i ${origin}${tried.slice('GET '.length)}`,
            dim('  401: it answers, and nobody is signed in'),
          ]),
      ...prose(
        `${shape.folder}/README.md tells the rest; the folder is yours: change what you like.`,
      ),
      ...(routes.length === 0 ? [] : prose('Cookies need https, unless NODE_ENV is development.')),
    ]),
  ];
}
