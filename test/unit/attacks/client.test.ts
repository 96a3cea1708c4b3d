import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { placeOf, send, sendRaw } from '../../../src/attacks/client.ts';
import { mustAnswer } from '../../../src/commands/doctor.ts';
import { makeCertificate } from '../../browser/lab/certificate.ts';

const RAW = 'GET /raw HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

async function listening(server: Server, host: string): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

test('a server at an address of IPv6 is reached', async () => {
  const server = createServer((req, res) => res.end(`${req.headers.host} ${req.url}`));
  const url = new URL(`http://[::1]:${await listening(server, '::1')}`);
  await mustAnswer(url);
  expect((await send(url, 'GET', '/sent')).text).toBe(`${url.host} /sent`);
  expect(await sendRaw(url, RAW)).toContain('x /raw');
  server.close();
});

test('a server that speaks TLS with a certificate of its own is reached, by bare connections, too', async () => {
  const { key, cert } = await makeCertificate();
  const server = createTlsServer({ key, cert }, (req, res) => res.end(`got ${req.url}`));
  const url = new URL(`https://localhost:${await listening(server, '127.0.0.1')}`);
  await mustAnswer(url);
  expect((await send(url, 'GET', '/sent')).text).toBe('got /sent');
  expect(await sendRaw(url, RAW)).toContain('got /raw');
  server.close();
});

test.each([
  ['http://localhost', 'localhost', 80],
  ['https://localhost', 'localhost', 443],
  ['http://[::1]', '::1', 80],
  ['https://example.com:8443', 'example.com', 8443],
])('%s is at %s, port %i', (url, host, port) => {
  expect(placeOf(new URL(url))).toMatchObject({ host, port });
});

test('a name that stands for addresses of both kinds is called at one of the kind that the caller has', () => {
  const place = placeOf(new URL('http://localhost:3000'), '127.83.1.1');
  expect(place).toMatchObject({ localAddress: '127.83.1.1', family: 4 });
});
