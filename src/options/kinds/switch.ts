import { InputError } from '../../errors.ts';
import { printable } from '../printable.ts';
import type { Kind } from './kind.ts';

export interface SwitchKind extends Kind<boolean> {
  readonly id: 'switch';
}

/** Something that is done unless its flag, `--no-…`, says not to. */
export const switchKind: SwitchKind = {
  id: 'switch',
  fromFlag: () => false,
  check(value, where) {
    if (typeof value === 'boolean') return value;
    throw new InputError({
      code: 'not-a-boolean',
      message: `${where} is ${printable(value)}, and not true or false`,
      where,
      mend: 'Write true or false, without quotes.',
    });
  },
  toFlag: () => '',
  describe: (value) => (value ? 'yes' : 'no'),
  jsonSchema: () => ({ type: 'boolean' }),
};
