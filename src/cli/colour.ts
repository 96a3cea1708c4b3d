import type { WriteStream } from 'node:tty';

/** Text for a terminal; each function leaves the text as it is where colour is not wanted. */
export interface Palette {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/**
 * Whether `stream` wants colour: NO_COLOR and TERM=dumb say no, FORCE_COLOR says yes to what is no terminal.
 *
 * @see https://no-color.org
 */
export function wantsColour(env: NodeJS.ProcessEnv, stream: Pick<WriteStream, 'isTTY'>): boolean {
  if (env.NO_COLOR || env.NODE_DISABLE_COLORS || env.FORCE_COLOR === '0') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== 'false') return true;
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** @param enabled of `wantsColour`; without it, text stays as it is. */
export function makePalette(enabled: boolean): Palette {
  const paint = (open: number, close: number) => (text: string) =>
    enabled ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}
