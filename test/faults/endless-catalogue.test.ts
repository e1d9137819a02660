import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { httpExchange } from '../../main/core/platform-http/http-exchange.ts';
import { createHttpPlatform } from '../../main/core/platform-http/http-platform.ts';
import { sampleCatalogue } from '../sandbox/platform/catalogue-publisher.ts';

const MILLION = 1_000_000;

test('a catalogue with a million services: the kiosk hangs up early, and says that there was no usable answer', async () => {
  const [service] = sampleCatalogue().services;
  const one = JSON.stringify(service);
  let services = 0;
  let bytes = 0;
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"catalogue":"');
    const more = () => {
      while (services < MILLION && !response.destroyed) {
        services += 1;
        bytes += one.length;
        if (!response.write(one)) return void response.once('drain', more);
      }
      response.end('"}');
    };
    more();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createHttpPlatform(httpExchange({ url, timeoutMs: 30_000 }), 'K-TEST-1', Date.now, randomBytes);
  const answer = await client.catalogue(0, new AbortController().signal);
  await client.close();
  server.closeAllConnections();
  server.close();
  expect(answer).toMatchObject({ ok: false });
  expect(services).toBeLessThan(MILLION / 10);
  expect(bytes).toBeLessThan(64 * 1024 * 1024);
});
