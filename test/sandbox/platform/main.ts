import { once } from 'node:events';
import { join } from 'node:path';
import { ensureTestPki } from '../pki/index.ts';
import { SIMULATED } from '../providers/accounts.ts';
import { remoteProviders } from '../providers/server.ts';
import { readArguments, usage } from './arguments.ts';
import { writeWhole } from './sealing-key.ts';
import { startPlatform } from './start.ts';

/** In the data directory: what each simulated provider proves itself with. */
const PROVIDER_KEYS_FILE = 'provider-keys.private.json';
const DEMO_KIOSK = 'DEMO-01';

async function main(): Promise<number> {
  const parsed = readArguments(process.argv.slice(2));
  if (!parsed.ok) {
    console.error(`platform: ${parsed.error}\n${usage}`);
    return 2;
  }
  const { port, host, data, tls, kiosks, pki, providers, rounding, take } = parsed.value;
  const stop = Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)));
  const named = kiosks.length === 0 && tls ? [DEMO_KIOSK] : kiosks;
  try {
    const platform = await startPlatform({
      data,
      port: take === null ? port : null,
      host,
      rounding,
      ...(pki === null ? {} : { pki: await ensureTestPki(pki) }),
      ...(named.length === 0 ? {} : { kiosks: named }),
      ...(tls ? { tls: true } : {}),
      ...(providers === null ? {} : { providers: remoteProviders(providers) }),
    });
    if (take !== null) {
      const { terminal, items, accepted } = await platform.takeExport(take.file, take.answer).finally(() => platform.close());
      console.log(`platform: took ${items} of ${terminal}, ${accepted} accepted`);
      return 0;
    }
    const keys = Object.fromEntries(SIMULATED.map((service) => [service, platform.providerKey(service)]));
    await writeWhole(join(data, PROVIDER_KEYS_FILE), JSON.stringify(keys), 0o600);
    console.log(`platform: listening on ${platform.url}, data in ${data}`);
    await stop;
    await platform.close();
    return 0;
  } catch (error) {
    console.error(`platform: ${error instanceof Error ? error.message : 'cannot start'}`);
    return 1;
  }
}

process.exitCode = await main();
