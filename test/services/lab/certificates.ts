import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { Certificate } from './servers.ts';

/** An authority, and what it has signed. */
export interface Authority {
  /** A file with its certificate, for those who are to trust it. */
  readonly file: string;
  /** Makes what a server proves itself with. @param host the one name that it is good for */
  certify(host: string): Promise<Certificate>;
}

/** Makes an authority that nobody knows. */
export async function makeAuthority(name: string): Promise<Authority> {
  const KEY = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;
  const own = await generate([{ name: 'commonName', value: name }], {
    ...KEY,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const file = join(mkdtempSync(join(tmpdir(), 'authority-')), 'authority.pem');
  writeFileSync(file, own.cert);
  return {
    file,
    async certify(host) {
      const { private: key, cert } = await generate([{ name: 'commonName', value: host }], {
        ...KEY,
        ca: { key: own.private, cert: own.cert },
        extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
      });
      return { key, cert };
    },
  };
}
