import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { compiledNames } from './compiler.ts';
import { type CompiledTemplate, compile } from './engine.ts';

/** One file under `templates/<feature>/files`. */
export interface TemplateFile {
  /** Relative to the project, with `/` between folders. */
  readonly path: string;
  readonly content: CompiledTemplate;
  /** Whether it has seams, rather than being written as it is. */
  readonly hasSeams: boolean;
}

/** What one feature's folder holds. */
export interface FeatureTemplates {
  readonly files: readonly TemplateFile[];
  /** By slot. */
  readonly slots: ReadonlyMap<string, CompiledTemplate>;
}

const TEMPLATES = join(packageRoot, 'templates');

const loaded = new Map<string, FeatureTemplates>();

/** Reads the templates of a feature, once in the life of the process; a feature may have none. */
export function templatesOf(featureId: string): FeatureTemplates {
  let templates = loaded.get(featureId);
  if (!templates) {
    templates = load(featureId);
    loaded.set(featureId, templates);
  }
  return templates;
}

function load(featureId: string): FeatureTemplates {
  const root = join(TEMPLATES, featureId);
  const files = listFiles(join(root, 'files')).map((file): TemplateFile => {
    // npm leaves some files whose name begins with a dot out of packages.
    const path = file.replace(/(^|\/)dot-/g, '$1.');
    const from = join(root, 'files', file);
    return path.endsWith('.hbs')
      ? { path: path.slice(0, -'.hbs'.length), content: template(from), hasSeams: true }
      : { path, content: plainText(from), hasSeams: false };
  });
  const slots = listFiles(join(root, 'slots')).map((file): [string, CompiledTemplate] => {
    return [file.replace(/\.\w+$/, ''), template(join(root, 'slots', file))];
  });
  return { files, slots: new Map(slots) };
}

/** Relative to `templates`, with `/` between folders. */
function templateName(file: string): string {
  return relative(TEMPLATES, file).replaceAll('\\', '/');
}

/** A template that is read and compiled when it is first rendered: most projects need a part of them. */
function template(file: string): CompiledTemplate {
  let compiled: CompiledTemplate | undefined;
  return (context, slots) => {
    compiled ??= compile(templateName(file), () => readFileSync(file, 'utf8'));
    return compiled(context, slots);
  };
}

function plainText(file: string): () => string {
  let text: string | undefined;
  return () => {
    text ??= readFileSync(file, 'utf8');
    return text;
  };
}

/** Every template below a folder, relative to it, with `/` between folders; none where there is no such folder. */
function listFiles(folder: string): string[] {
  const within = `${templateName(folder)}/`;
  const compiled = compiledNames
    .filter((name) => name.startsWith(within))
    .map((name) => name.slice(within.length));
  return [...new Set([...compiled, ...filesBelow(folder)])].sort();
}

function filesBelow(folder: string): readonly string[] {
  if (!statSync(folder, { throwIfNoEntry: false })) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'));
}
