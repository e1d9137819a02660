import { execFileSync } from 'node:child_process';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { queryTries, selectJpki } from '../../main/core/card/jpki/commands.ts';
import { endPcscd, plugIn, startPcscd, startPcscdWithUsb, unplug, VPCD_PORTS } from '../sandbox/pcscd/daemon.ts';
import { USB_READERS } from '../sandbox/pcscd/usb/virtual-usb.ts';
import { ensureTestPki, type TestPki } from '../sandbox/pki/index.ts';
import { createVirtualCard } from '../sandbox/virtual-card/card.ts';
import { insertCard } from '../sandbox/virtual-card/insert.ts';
import { cardReaderSuite } from './card-reader-suite.ts';
import { type Events, eventsOf, pcscHarness, pcscHost, type ReaderHarness } from './reader-harness.ts';

cardReaderSuite(pcscHost);

describe('card host on pcscd: what only a real PC/SC stack does', () => {
  let pki: TestPki;
  let harness: ReaderHarness;
  let events: Events;
  beforeAll(async () => {
    pki = await ensureTestPki();
  });
  beforeEach(async () => {
    harness = await pcscHost.start();
    events = eventsOf(harness.reader);
  });
  afterEach(async () => {
    await harness.close();
    await startPcscd().catch(() => {});
  });
  const layAndOpen = async () => {
    await harness.lay(createVirtualCard('fresh', pki));
    const { session } = await events.next('inserted');
    const opened = await harness.reader.open(session);
    if (!opened.ok) throw new Error(opened.error.code);
    return { session, channel: opened.value };
  };
  const serviceIs = async (up: boolean) => {
    for (;;) if ((await events.next('service')).up === up) return;
  };

  it('pcscd killed under an open card: the call ends, the card is gone, and a new pcscd is found', async () => {
    harness.reader.start();
    await serviceIs(true);
    const { session, channel } = await layAndOpen();
    expect((await channel.transmit(selectJpki())).ok).toBe(true);
    await endPcscd('SIGKILL');
    const answer = await channel.transmit(queryTries());
    expect(answer.ok).toBe(false);
    expect((await events.next('removed')).session).toBe(session);
    await serviceIs(false);
    await harness.takeOff();
    await startPcscd();
    await serviceIs(true);
    const next = await layAndOpen();
    expect(next.session).toBeGreaterThan(session);
    expect((await next.channel.transmit(selectJpki())).ok).toBe(true);
  });

  it('starts without a daemon, and finds it when it comes', async () => {
    await endPcscd();
    harness.reader.start();
    expect((await events.next('service')).up).toBe(false);
    await startPcscd();
    await serviceIs(true);
    await layAndOpen();
  });

  it('holds the card for itself alone', async () => {
    harness.reader.start();
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

  it('a swap too fast for pcscd to see: whatever happens to the next command, it is no success on the second card', async () => {
    harness.reader.start();
    await serviceIs(true);
    const seen: string[] = [];
    const watched = (name: 'fresh' | 'fresh-2') => {
      const card = createVirtualCard(name, pki);
      const transmit: typeof card.transmit = async (apdu) => {
        const reply = await card.transmit(apdu);
        if (reply !== 'leave' && reply.length > 1) seen.push(name);
        return reply;
      };
      return { ...card, transmit };
    };
    const inserted = await insertCard(watched('fresh'));
    const { session } = await events.next('inserted');
    const opened = await harness.reader.open(session);
    if (!opened.ok) throw new Error(opened.error.code);
    expect((await opened.value.transmit(selectJpki())).ok).toBe(true);
    await inserted.remove();
    const next = await insertCard(watched('fresh-2'));
    expect((await opened.value.transmit(queryTries())).ok).toBe(false);
    expect(seen).toEqual(['fresh']);
    await opened.value.close('unpower');
    await next.remove();
    expect((await events.next('removed')).session).toBe(session);
  });

  it('uses only the readers that the settings name', async () => {
    await harness.reader.stop();
    harness = await pcscHost.start({ names: ['00 01'] });
    events = eventsOf(harness.reader);
    harness.reader.start();
    expect((await events.next('readers')).names).toEqual(['Virtual PCD 00 01']);
    const ignored = await insertCard(createVirtualCard('fresh-2', pki));
    const used = await insertCard(createVirtualCard('fresh', pki), { port: VPCD_PORTS[1] });
    expect((await events.next('inserted')).reader).toBe('Virtual PCD 00 01');
    await Promise.all([ignored.remove(), used.remove()]);
    expect((await events.next('removed')).reader).toBe('Virtual PCD 00 01');
    expect(events.all.filter(({ type }) => type === 'inserted')).toHaveLength(1);
  });

  it('two cards on two readers have a number each', async () => {
    harness.reader.start();
    await serviceIs(true);
    const { session } = await layAndOpen();
    const other = await insertCard(createVirtualCard('fresh-2', pki), { port: VPCD_PORTS[1] });
    const second = await events.next('inserted');
    expect(second.session).not.toBe(session);
    await other.remove();
    expect((await events.next('removed')).session).toBe(second.session);
  });
});

describe('card host on pcscd: a USB reader with two slots', () => {
  let pki: TestPki;
  let harness: ReaderHarness;
  let events: Events;
  beforeAll(async () => {
    pki = await ensureTestPki();
  });
  beforeEach(async () => {
    await endPcscd();
    await startPcscdWithUsb();
    harness = pcscHarness(USB_READERS[0]);
    events = eventsOf(harness.reader);
    harness.reader.start();
    for (;;) if ((await events.next('service')).up) break;
  });
  afterEach(async () => {
    await harness.close();
    await endPcscd();
    await startPcscd();
  });
  /** Until exactly these are there: a reader with two slots comes, and goes, in two steps. */
  const readersAre = async (names: readonly string[]) => {
    for (;;) if (JSON.stringify((await events.next('readers')).names) === JSON.stringify(names)) return;
  };
  const layAndOpen = async () => {
    await harness.lay(createVirtualCard('fresh', pki));
    const { session } = await events.next('inserted');
    const opened = await harness.reader.open(session);
    if (!opened.ok) throw new Error(opened.error.code);
    return { session, channel: opened.value };
  };

  it('is seen when it is plugged in, and gone when it is unplugged, again and again', async () => {
    await readersAre([]);
    for (let n = 0; n < 3; n++) {
      await plugIn();
      await readersAre(USB_READERS);
      await unplug();
      await readersAre([]);
    }
    expect(events.all.filter((event) => event.type === 'service')).toHaveLength(1);
  });

  it('unplugged under an open card: the card is gone, its channel is dead, and after plugging in the next card works', async () => {
    await plugIn();
    const { session, channel } = await layAndOpen();
    expect((await channel.transmit(selectJpki())).ok).toBe(true);
    await unplug();
    expect((await events.next('removed')).session).toBe(session);
    const answer = await channel.transmit(queryTries());
    expect(answer.ok ? 'answered' : answer.error.code).toBe('reader-gone');
    await readersAre([]);
    await plugIn();
    const next = await layAndOpen();
    expect(next.session).toBeGreaterThan(session);
    expect((await next.channel.transmit(selectJpki())).ok).toBe(true);
    expect((await channel.transmit(queryTries())).ok).toBe(false);
  });

  it('unplugged under a command: the command ends, and not as a success', async () => {
    await plugIn();
    let asked = () => {};
    const reached = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const stuck = createVirtualCard('fresh', pki, {
      delayMs: (ins) => {
        if (ins === 0x20) asked();
        return ins === 0x20 ? 60_000 : 0;
      },
    });
    await harness.lay(stuck);
    const { session } = await events.next('inserted');
    const opened = await harness.reader.open(session);
    if (!opened.ok) throw new Error(opened.error.code);
    expect((await opened.value.transmit(selectJpki())).ok).toBe(true);
    const answer = opened.value.transmit(queryTries());
    await reached;
    // The command fails with the device; vpcd learns that from the card's line.
    await Promise.all([unplug(), harness.takeOff()]);
    expect((await answer).ok).toBe(false);
    expect((await events.next('removed')).session).toBe(session);
    await plugIn();
    expect((await (await layAndOpen()).channel.transmit(selectJpki())).ok).toBe(true);
  });
});
