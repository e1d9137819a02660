import { execFileSync } from 'node:child_process';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { queryTries, selectJpki } from '../../main/core/card/jpki/commands.ts';
import { endPcscd, startPcscd } from '../sandbox/pcscd/daemon.ts';
import { ensureTestPki, type TestPki } from '../sandbox/pki/index.ts';
import { createVirtualCard } from '../sandbox/virtual-card/card.ts';
import { cardReaderSuite } from './card-reader-suite.ts';
import { type Events, eventsOf, pcscHost, type ReaderBench } from './reader-bench.ts';

cardReaderSuite(pcscHost);

describe('card host on pcscd: what only a real PC/SC stack does', () => {
  let pki: TestPki;
  let bench: ReaderBench;
  let events: Events;
  beforeAll(async () => {
    pki = await ensureTestPki();
  });
  beforeEach(async () => {
    bench = await pcscHost.start();
    events = eventsOf(bench.reader);
  });
  afterEach(async () => {
    await bench.close();
    await startPcscd().catch(() => {});
  });
  const layAndOpen = async () => {
    await bench.lay(createVirtualCard('fresh', pki));
    const { session } = await events.next('inserted');
    const opened = await bench.reader.open(session);
    if (!opened.ok) throw new Error(opened.error.code);
    return { session, channel: opened.value };
  };
  const serviceIs = async (up: boolean) => {
    for (;;) if ((await events.next('service')).up === up) return;
  };

  it('pcscd killed under an open card: the call ends, the card is gone, and a new pcscd is found', async () => {
    bench.reader.start();
    await serviceIs(true);
    const { session, channel } = await layAndOpen();
    expect((await channel.transmit(selectJpki())).ok).toBe(true);
    await endPcscd('SIGKILL');
    const answer = await channel.transmit(queryTries());
    expect(answer.ok).toBe(false);
    expect((await events.next('removed')).session).toBe(session);
    await serviceIs(false);
    await bench.takeOff();
    await startPcscd();
    await serviceIs(true);
    const next = await layAndOpen();
    expect(next.session).toBeGreaterThan(session);
    expect((await next.channel.transmit(selectJpki())).ok).toBe(true);
  });

  it('starts without a daemon, and finds it when it comes', async () => {
    await endPcscd();
    bench.reader.start();
    expect((await events.next('service')).up).toBe(false);
    await startPcscd();
    await serviceIs(true);
    await layAndOpen();
  });

  it('holds the card for itself alone', async () => {
    bench.reader.start();
    await serviceIs(true);
    await layAndOpen();
    let refused = '';
    try {
      execFileSync('opensc-tool', ['--serial'], { encoding: 'utf8', stdio: 'pipe', timeout: 20_000 });
    } catch (error) {
      refused = String((error as { stderr?: string }).stderr);
    }
    expect(refused).toMatch(/locked|in use|exclusive|sharing/i);
  });

  it('two cards on two readers have a number each', async () => {
    bench.reader.start();
    await serviceIs(true);
    const { session } = await layAndOpen();
    const { insertCard } = await import('../sandbox/virtual-card/insert.ts');
    const other = await insertCard(createVirtualCard('fresh-2', pki), { port: 35964 });
    const second = await events.next('inserted');
    expect(second.session).not.toBe(session);
    await other.remove();
    expect((await events.next('removed')).session).toBe(second.session);
  });
});
