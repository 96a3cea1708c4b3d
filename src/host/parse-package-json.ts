import { isObject } from '../json-object.ts';
import type { PackageJson } from './package-facts.ts';

/** Reads the text of a package.json, which may begin with a byte order mark; undefined where no object is in it. */
export function parsePackageJson(text: string | undefined): PackageJson | undefined {
  try {
    const value: unknown = JSON.parse(text?.replace(/^\uFEFF/, '') ?? '');
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
