import type { Palette } from './colour.ts';
import { wrap } from './layout.ts';
import type { Page } from './page.ts';

/** What a person can press, for the head of an interview. */
export function keyLines({ width }: Page, { dim }: Palette): readonly string[] {
  return wrap(KEYS, width).map(dim);
}

const KEYS =
  'Arrows and Enter choose, Esc goes back, Ctrl-C leaves. Nothing is written before you say so.';
