import { randomBytes } from 'node:crypto';
import { httpExchange } from '../../main/core/platform-http/http-exchange.ts';
import { createHttpPlatform } from '../../main/core/platform-http/http-platform.ts';
import { createLedger } from '../faults/campaigns/ledger.ts';
import { createModelPlatform } from '../faults/campaigns/model-platform.ts';
import { createRandom } from '../faults/campaigns/random.ts';
import { startPlatform } from '../sandbox/platform/start.ts';
import { testFolder } from '../support/test-folder.ts';
import { platformSuite } from './platform-suite.ts';

platformSuite('over HTTP, the reference platform', async (terminal) => {
  const platform = await startPlatform({ data: testFolder('world', 'platform-contract'), memory: true });
  const client = createHttpPlatform(httpExchange({ url: platform.url, timeoutMs: 10_000 }), terminal, Date.now, randomBytes);
  return {
    client,
    cut: () => platform.faults({ type: 'refuse-connections', ms: 60_000 }),
    async close() {
      await client.close();
      await platform.close();
    },
  };
});

platformSuite('in memory, the model of the fault campaigns', async () => {
  let reachable = true;
  const { client } = createModelPlatform({
    ledger: createLedger(),
    random: createRandom(1),
    now: Date.now,
    reachable: () => reachable,
  });
  return {
    client,
    cut() {
      reachable = false;
    },
    close: () => client.close(),
  };
});
