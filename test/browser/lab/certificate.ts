import { generate } from 'selfsigned';

/** A key and a certificate that nobody signed, made anew for each run: whoever uses it must not ask who did. */
export async function makeCertificate(): Promise<{ readonly key: string; readonly cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
  });
  return { key, cert };
}
