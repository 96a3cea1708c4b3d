import { fileURLToPath } from 'node:url';
import { version as packageVersion } from '../package.json' with { type: 'json' };

/** The way from the running file to the package: the bundle lies one folder deep, and says so. */
declare const BUNDLED_PACKAGE_ROOT: string | undefined;

/** The package's own folder, which holds `templates/`: the same from source and from the bundle. */
export const packageRoot = fileURLToPath(
  new URL(typeof BUNDLED_PACKAGE_ROOT === 'string' ? BUNDLED_PACKAGE_ROOT : '../', import.meta.url),
);

/** The version of this program. */
export const version: string = packageVersion;
