import { newEmail } from './api.ts';

/** Texts that have broken programs. */
const NAUGHTY: readonly string[] = [
  '',
  ' ',
  'undefined',
  'null',
  'NaN',
  '-1',
  '1e309',
  '0x10',
  'true',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  "' OR '1'='1",
  '"; DROP TABLE users; --',
  '%00',
  '\0',
  '\u0007\u001b[31mred\u001b[0m',
  '\uD800',
  '\uFEFFa',
  '\u202Eevil',
  'ＦＵＬＬ',
  'İstanbul',
  'ß',
  '𝒳'.repeat(60),
  'Z̸̢̛a̷̧l̵g̴o̷',
  `$\{jndi:ldap://127.0.0.1/a}`,
  '{{7*7}}',
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '$(sleep 5)',
  '`sleep 5`',
  '%s%s%s%n',
  'http://169.254.169.254/',
  'a'.repeat(255),
  `${'a'.repeat(64)}@${'b'.repeat(180)}.example`,
  'x@[127.0.0.1]',
  '(((((((((((((((((((((((((((((((a',
];

/** Those, and some that would begin lines of their own in a log. */
export function naughtyTexts(): readonly string[] {
  const mark = `forged-${newEmail().slice(1, 9)}`;
  return [
    ...NAUGHTY,
    `a\r\n{"forged":"${mark}"}`,
    `a\n${mark} level=info\n`,
    `a\u2028${mark}\u0085${mark}`,
  ];
}
