import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createKiosk } from '../../../main/core/kiosk.ts';
import { createLog } from '../../../main/core/log/log.ts';
import { logFile } from '../../../main/core/log/log-file.ts';
import type { OutboxStore } from '../../../main/core/outbox/outbox.ts';
import type { Exchange } from '../../../main/core/platform-http/exchange.ts';
import { httpExchange } from '../../../main/core/platform-http/http-exchange.ts';
import { corePorts } from '../../../main/hosts/core/core-ports.ts';
import { newId, systemClock, systemRandom } from '../../../main/hosts/core/system.ts';
import { listenLocal } from '../../../main/transport/local-socket.ts';
import { servePage } from '../../../main/transport/page-endpoint.ts';
import { defaultPkiDir, loadTestPki } from '../../sandbox/pki/index.ts';
import { createVirtualCard } from '../../sandbox/virtual-card/card.ts';
import { createInMemoryReader } from '../../sandbox/virtual-reader/in-memory.ts';
import { loggedCard } from '../../support/logged-card.ts';
import { demoSettings, hearLog } from '../../support/real-core.ts';
import { createKiller, type Killer, watchStatements } from './killer.ts';
import type { Told } from './told.ts';

/**
 * One life of a kiosk's core, put together from the real parts, that ends itself at `--point`. Told by IPC to lay the card on (`lay`)
 * or to take it off (`off`); tells what is in told.ts.
 */
async function live(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '' },
      socket: { type: 'string', default: '' },
      set: { type: 'string', multiple: true, default: [] },
      point: { type: 'string' },
      delay: { type: 'string', default: '0' },
    },
  });
  const killer = createKiller(values.point ?? null, Number(values.delay));
  watchStatements(killer);
  const tell = (message: Told) => void process.send?.(message);

  const settings = demoSettings(values.set);
  const now = () => systemClock.now();
  const file = createLog({ level: settings.log.level, write: logFile(join(values.data, 'log'), now), now });
  const heard = hearLog(file);
  const http = httpExchange({ url: settings.platform.url, timeoutMs: settings.platform.requestTimeoutSeconds * 1000 });
  let batches = 0;
  const exchange: Exchange = async (ask) => {
    if (ask.path !== '/v1/batches') return http.exchange(ask);
    batches += 1;
    killer.at('before-send');
    if (batches > 1) killer.at('resending');
    const answer = http.exchange(ask);
    setImmediate(() => killer.at('request-sent'));
    const arrived = await answer;
    killer.at('reply-arrived');
    return arrived;
  };
  const reader = createInMemoryReader();
  const made = await corePorts({
    settings,
    data: values.data,
    reader: reader.reader,
    clock: systemClock,
    random: systemRandom,
    newId,
    log: heard.log,
    platform: { ...http, exchange },
  });
  if (!made.ok || made.value.outbox === null) throw new Error(made.ok ? 'no queue' : made.error.join('; '));
  const { ports, outbox } = made.value;
  const report = () => {
    const counts = outbox.counts();
    if (counts.pending + counts.sending === 0) tell({ type: 'drained', counts });
  };
  watchOutbox(outbox, killer, report);
  const kiosk = createKiosk({
    ...ports,
    sealer: {
      seal: async (payload) => {
        killer.at('before-seal');
        const sealed = await ports.sealer.seal(payload);
        killer.at('sealed');
        return sealed;
      },
    },
    verifyAndSign: async (...args) => {
      const signed = await ports.verifyAndSign(...args);
      killer.at('signed');
      return signed;
    },
  });
  const shown = { delivering: 'promise-shown', issued: 'issued-shown', received: 'received-shown' } as const;
  // After the turn in which the page was told: what it was sent has left this process.
  kiosk.onSnapshot(({ screen: { name } }) => {
    if (name === 'delivering' || name === 'issued' || name === 'received') setImmediate(() => killer.at(shown[name]));
  });
  const server = await listenLocal(values.socket, (port) => servePage(port, kiosk, heard.log));
  if (!server.ok) throw new Error(server.error);

  const pki = await loadTestPki(defaultPkiDir);
  const card = loggedCard(createVirtualCard('fresh', pki), 'core-kill');
  process.on('message', (order) => {
    if (order === 'lay') reader.insert(card);
    if (order === 'off') reader.remove();
  });
  process.on('disconnect', () => process.exit(0));
  kiosk.start();
  // A process that is killed would never write it.
  flushCompileCache();
  tell({ type: 'listening' });
  report();
  const stocked = () => {
    if (outbox.challengeCount() > 0) tell({ type: 'stocked' });
  };
  stocked();
  const { addChallenges } = outbox;
  outbox.addChallenges = (challenges) => {
    addChallenges(challenges);
    stocked();
  };
}

/** The store is the real one; its calls are announced before and after. */
function watchOutbox(outbox: OutboxStore, killer: Killer, settled: () => void): void {
  const { enqueue, markSending, settle } = outbox;
  outbox.enqueue = (row) => {
    killer.at('before-enqueue');
    const result = enqueue(row);
    killer.at('enqueued');
    return result;
  };
  outbox.markSending = (ids) => {
    killer.at('before-mark');
    return markSending(ids);
  };
  outbox.settle = (settlements) => {
    killer.at('before-settle');
    const done = settle(settlements);
    killer.at('settled');
    settled();
    return done;
  };
}
await live();
