import type { Answers } from '../options/answers.ts';

/** An origin for each entry of the answers that it allows. */
export function allowedSample({ corsOrigins }: Pick<Answers, 'corsOrigins'>): readonly string[] {
  return corsOrigins.map((origin) => origin.replace('*', 'any'));
}

/** What the answers say of an origin: exactly one of them, or one label in place of a star. */
function isAllowed({ corsOrigins }: Pick<Answers, 'corsOrigins'>, origin: string): boolean {
  return corsOrigins.some((allowed) => {
    const [before, after] = allowed.split('*');
    if (before === undefined || after === undefined) return origin === allowed;
    const label = origin.slice(before.length, origin.length - after.length);
    return origin === `${before}${label}${after}` && /^[a-z\d](?:[a-z\d-]*[a-z\d])?$/.test(label);
  });
}

/** Origins that look like an allowed one and are none. */
export function lookAlikes(answers: Pick<Answers, 'corsOrigins'>): readonly string[] {
  const samples =
    answers.corsOrigins.length > 0 ? allowedSample(answers) : ['https://app.example.com'];
  const origins = samples.flatMap((sample) => {
    const { protocol, hostname, host } = new URL(sample);
    const parent = hostname.split('.').slice(1).join('.');
    const [label = ''] = hostname.split('.');
    return [
      'https://evil.example',
      `${sample}.evil.example`,
      `${sample}evil.example`,
      `${protocol}//evil.example/${host}`,
      `${protocol}//evil.example#${host}`,
      `${protocol}//evil.example?${host}`,
      `${protocol}//evil.example\\${host}`,
      `${protocol}//evil.example%00.${host}`,
      `${protocol}//evil${host}`,
      `${protocol}//evil-${host}`,
      `${protocol}//evil.${host}`,
      `${protocol}//${label}x${parent && `${parent}`}`,
      `${protocol}//${hostname.replaceAll('.', 'x')}`,
      ...[...hostname.matchAll(/\./g)].map(
        ({ index }) => `${protocol}//${hostname.slice(0, index)}x${hostname.slice(index + 1)}`,
      ),
      `${protocol}//${host}@evil.example`,
      `${protocol}//evil@${host}`,
      `${protocol}//${hostname}:8443`,
      `${protocol}//${host}:0`,
      `${protocol}//${hostname.toUpperCase()}`,
      `${protocol}//${hostname.replace(/[aeo]/, (letter) => ({ a: 'а', e: 'е', o: 'о' })[letter] ?? letter)}`,
      `${protocol}//${hostname.replace('.', '。')}`,
      `${sample}, https://evil.example`,
      `https://evil.example, ${sample}`,
      `https://evil.example ${sample}`,
      ` ${sample} x`,
      `${sample}/`,
      `${sample}/path`,
      '*',
      `${protocol}//*.${parent || host}`,
      ...(parent
        ? [
            `${protocol}//.${parent}`,
            `${protocol}//${parent}`,
            `${protocol}//-.${parent}`,
            `${protocol}//a_b.${parent}`,
          ]
        : []),
    ];
  });
  return [...new Set(origins)].filter((origin) => !isAllowed(answers, origin));
}

/** The same host by another scheme, port or spelling. */
export function neighbours(answers: Pick<Answers, 'corsOrigins'>): readonly string[] {
  const samples =
    answers.corsOrigins.length > 0 ? allowedSample(answers) : ['https://app.example.com'];
  return samples
    .flatMap((sample) => {
      const { protocol, hostname, host } = new URL(sample);
      const other = protocol === 'https:' ? 'http:' : 'https:';
      return [
        `${other}//${host}`,
        `ws://${host}`,
        `wss://${host}`,
        `file://${host}`,
        `chrome-extension://${host}`,
        `HTTPS://${host}`,
        `${protocol}//${hostname}:444`,
        `${protocol}//${hostname}:443`,
        `${protocol}//${hostname}:80`,
        `${protocol}//${hostname}.`,
        `${protocol}//${hostname}.:443`,
        host,
        `//${host}`,
      ];
    })
    .filter((origin) => !isAllowed(answers, origin));
}
