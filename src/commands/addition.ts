import type { Change } from '../disk/changes.ts';
import { hasAccounts, type Module } from '../features/modules.ts';
import { openHostFiles } from '../host/host-files.ts';
import { mountedFor } from '../host/mounted.ts';
import { type PackageJson, readPackageJson } from '../host/package-facts.ts';
import type { Host } from '../host/read-host.ts';
import type { HostShape } from '../host/shape.ts';
import { wiringLines } from '../host/wire.ts';
import { missingNames } from '../merge/env.ts';
import type { ProjectAnswers } from '../options/answers.ts';
import { wiringTarget } from './host-changes.ts';
import { type NewPackages, newPackages } from './new-packages.ts';

/** A line of a host's own file that mounts something of ours. */
export interface MountedLine {
  /** `path:line`, as it is once everything is in place. */
  readonly where: string;
  readonly line: string;
}

/** What a host gets, for whoever wants to know before and after. */
export interface Addition {
  readonly name: string;
  readonly shape: HostShape;
  readonly answers: ProjectAnswers;
  readonly modules: readonly Module[];
  /** What was asked for and is left out: the host has its own. */
  readonly leftOut: readonly Module[];
  readonly mounted: readonly MountedLine[];
  readonly packages: NewPackages;
  /** The variables with fresh secrets in `.env`. */
  readonly secrets: readonly string[];
  /** Whether git is known to ignore that file. */
  readonly isHidden: boolean;
  /** Such as `POST /auth/login`. */
  readonly routes: readonly string[];
  /** What protects a route of the host: an import, and an example; none where nobody signs in. */
  readonly protection: readonly string[];
  /** What starts the host for development. */
  readonly start: string;
  /** Where it listens then, as far as its code tells. */
  readonly origin: string;
}

/** Says what a plan adds to a host. */
export function additionOf(
  root: string,
  name: string,
  host: Host,
  changes: readonly Change[],
  asked: Pick<Addition, 'answers' | 'modules' | 'leftOut'>,
): Addition {
  const { shape, app } = host;
  const { modules } = asked;
  const files = openHostFiles(root);
  const contentOf = (path: string | undefined): string => {
    const change = changes.find((one) => one.path === path);
    return change !== undefined && 'file' in change ? String(change.file.content) : '';
  };
  const appPath = app.creation?.path;
  const names = mountedFor(modules);
  const mounted = contentOf(appPath)
    .split(/\r?\n/)
    .flatMap((line, index): MountedLine[] =>
      names.some((one) => new RegExp(`\\b${one}\\b`).test(line))
        ? [{ where: `${appPath}:${index + 1}`, line: line.trim() }]
        : [],
    );
  const signsIn = hasAccounts(modules);
  const json = readPackageJson(files);
  return {
    name,
    shape,
    ...asked,
    mounted,
    packages: newPackages(root, changes),
    isHidden: false,
    secrets: missingNames(files.read('.env') ?? '', contentOf('.env')),
    routes: routesIn(contentOf(`${shape.folder}/README.md`)),
    protection: signsIn ? protectionIn(host) : [],
    start: startCommand(json, shape, appPath),
    origin: `http://localhost:${portIn(files.read(appPath ?? '') ?? '')}`,
  };
}

/** The README of a module lists them, as they are for its answers. */
function routesIn(readme: string): readonly string[] {
  return [...readme.matchAll(/^\| `([A-Z]+ \/[^`\s]*)`/gm)].flatMap(([, route]) => route ?? []);
}

function protectionIn({ app, shape }: Host): readonly string[] {
  const target = wiringTarget(app, shape);
  const { imports } = wiringLines(['requireAuth', 'getAuth'], target, shape);
  const { quote, semicolons } = target.style;
  const path = `${quote}/mine${quote}`;
  const line = `${target.receiver}.get(${path}, requireAuth, (req, res) => res.json(getAuth(req)))`;
  return [imports, `${line}${semicolons ? ';' : ''}`];
}

function startCommand(
  json: PackageJson | undefined,
  { packageManager, language }: HostShape,
  appPath = 'index.js',
): string {
  const script = ['dev', 'start:dev', 'start'].find((one) => json?.scripts?.[one] !== undefined);
  if (script !== undefined) return `${packageManager} run ${script}`;
  return language === 'typescript' ? `npx tsx ${appPath}` : `node ${appPath}`;
}

function portIn(text: string): string {
  return /(?:PORT\s*(?:\?\?|\|\|)\s*|listen\(\s*)(\d{2,5})\b/.exec(text)?.[1] ?? '3000';
}
