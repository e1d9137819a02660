import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** A server that nobody vouches for, but itself. */
let folder: string;
let server: Server;
let url: string;
let asked = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mado-tls-'));
  const file = (name: string) => join(folder, name);
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const out = ['-nodes', '-days', '1', '-keyout', file('key.pem'), '-out', file('cert.pem')];
  execFileSync('openssl', ['req', '-x509', ...curve, ...subject, ...out], { stdio: 'ignore' });
  server = createServer({ cert: readFileSync(file('cert.pem')), key: readFileSync(file('key.pem')) }, (_, response) => {
    asked += 1;
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `https://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

/** In a process of its own: what Node reads of its environment it reads at its start. */
async function ask(env: Readonly<Record<string, string>>, ca = ''): Promise<string> {
  const script = `
    import { readFileSync } from 'node:fs';
    import { httpExchange } from ${JSON.stringify(join(import.meta.dirname, 'http-exchange.ts'))};
    const [url, ca] = process.argv.slice(1);
    const line = httpExchange({ url, timeoutMs: 3000, tls: ca === undefined ? undefined : { ca: readFileSync(ca) } });
    const ask = { method: 'GET', path: '/', headers: {}, body: null, signal: AbortSignal.timeout(5000) };
    const said = await line.exchange(ask).then(({ status }) => String(status), ({ why }) => why);
    process.stdout.write(said);
    await line.close();
  `;
  const args = ['--input-type=module', '-e', script, url, ...(ca === '' ? [] : [ca])];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
  });
  await once(child, 'close');
  return said;
}

it.each([
  ['nothing', () => ({})],
  ['NODE_TLS_REJECT_UNAUTHORIZED', () => ({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })],
  ['NODE_EXTRA_CA_CERTS', () => ({ NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') })],
  ['SSL_CERT_FILE', () => ({ NODE_OPTIONS: '--use-openssl-ca', SSL_CERT_FILE: join(folder, 'cert.pem') })],
])('%s in the environment makes nobody believed', async (_, env) => {
  expect([await ask(env()), asked]).toEqual(['unreachable', 0]);
});

it('who is named in the settings is', async () => {
  expect(await ask({}, join(folder, 'cert.pem'))).toBe('200');
});
