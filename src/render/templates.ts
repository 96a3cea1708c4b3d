import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { templateNames } from './compiler.ts';
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
  const files = namesIn(`${featureId}/files`).map((file): TemplateFile => {
    // npm leaves some files whose name begins with a dot out of packages.
    const path = file.replace(/(^|\/)dot-/g, '$1.');
    const from = `${featureId}/files/${file}`;
    return path.endsWith('.hbs')
      ? { path: path.slice(0, -'.hbs'.length), content: template(from), hasSeams: true }
      : { path, content: plainText(from), hasSeams: false };
  });
  const slots = namesIn(`${featureId}/slots`).map((file): [string, CompiledTemplate] => {
    return [file.replace(/\.\w+$/, ''), template(`${featureId}/slots/${file}`)];
  });
  return { files, slots: new Map(slots) };
}

/** A template that is read and compiled when it is first rendered: most projects need a part of them. */
function template(name: string): CompiledTemplate {
  let compiled: CompiledTemplate | undefined;
  return (context, slots) => {
    compiled ??= compile(name, () => read(name));
    return compiled(context, slots);
  };
}

function plainText(name: string): () => string {
  let text: string | undefined;
  return () => {
    text ??= read(name);
    return text;
  };
}

function read(name: string): string {
  return readFileSync(join(TEMPLATES, name), 'utf8');
}

let names: ReadonlyMap<string, readonly string[]> | undefined;

/** The templates in `FEATURE/files` or `FEATURE/slots`, relative to it. */
function namesIn(folder: string): readonly string[] {
  names ??= byFolder();
  return names.get(folder) ?? [];
}

function byFolder(): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const name of templateNames()) {
    const [, folder, file] = /^([^/]+\/[^/]+)\/(.+)$/.exec(name) ?? [];
    if (folder === undefined || file === undefined) continue;
    const files = folders.get(folder) ?? [];
    folders.set(folder, files);
    files.push(file);
  }
  return folders;
}
