import { generate } from 'selfsigned';

/**
 * A key and a certificate for `localhost` that nobody signed, made anew for each run: whoever uses it must not ask who
 * did, or be told to take this one for good.
 */
export async function makeCertificate(): Promise<{ readonly key: string; readonly cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  return { key, cert };
}
