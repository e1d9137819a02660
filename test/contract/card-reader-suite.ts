import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { queryTries, readFile, readWholeFile, selectJpki, signDigest, verifyPin } from '../../main/core/card/jpki/commands.ts';
import { readCard } from '../../main/core/card/jpki/read-card.ts';
import type { CardChannel } from '../../main/core/ports.ts';
import { ensureTestPki, personOf, type TestPki } from '../sandbox/pki/index.ts';
import { type CardOptions, type CardStateName, createVirtualCard } from '../sandbox/virtual-card/card.ts';
import { type Driver, type Events, eventsOf, type HarnessOptions, type ReaderHarness } from './reader-harness.ts';

const swOf = (reply: Awaited<ReturnType<CardChannel['transmit']>>) =>
  reply.ok ? Buffer.from(reply.value.subarray(-2)).toString('hex') : reply.error.code;
const pinOf = (digits: string) => verifyPin(new TextEncoder().encode(digits));

/** What the core relies on, whatever the reader is made of. */
export function cardReaderSuite(driver: Driver): void {
  describe(`card reader: ${driver.name}`, () => {
    let pki: TestPki;
    let harness: ReaderHarness;
    let events: Events;
    beforeAll(async () => {
      pki = await ensureTestPki();
    });
    afterEach(() => harness.close());

    const begin = async (options?: HarnessOptions) => {
      harness = await driver.start(options);
      events = eventsOf(harness.reader);
      harness.reader.start();
      expect((await events.next('service')).up).toBe(true);
      expect((await events.next('readers')).names.length).toBeGreaterThan(0);
    };
    const card = (state: CardStateName, options?: CardOptions) => createVirtualCard(state, pki, options);
    const layAndOpen = async (state: CardStateName, options?: CardOptions) => {
      await harness.lay(card(state, options));
      for (;;) {
        const { session } = await events.next('inserted');
        const opened = await harness.reader.open(session);
        if (opened.ok) return { session, channel: opened.value };
        // A host that was replaced may have seen the former card on its way out.
        if (opened.error.code !== 'wrong-session') throw new Error(opened.error.code);
      }
    };

    it('tells of a card put on and taken off, once each, under a number that is never used again', async () => {
      await begin();
      const numbers: number[] = [];
      for (const state of ['fresh', 'fresh-2', 'fresh'] as const) {
        await harness.lay(card(state));
        const { session, found } = await events.next('inserted');
        expect(found).toBe(false);
        numbers.push(session);
        await harness.takeOff();
        expect((await events.next('removed')).session).toBe(session);
      }
      expect(new Set(numbers).size).toBe(3);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      expect(events.all.filter((event) => event.type === 'removed')).toHaveLength(3);
    });

    it('reports a card that already lies there', async () => {
      harness = await driver.start();
      events = eventsOf(harness.reader);
      if (driver.name !== 'virtual card host') await harness.lay(card('fresh'));
      harness.reader.start();
      if (driver.name === 'virtual card host') {
        await events.next('service');
        await harness.lay(card('fresh'));
      }
      const { session, found } = await events.next('inserted');
      expect(session).toBeGreaterThan(0);
      // The virtual host listens only once it runs: to it, every card is put on.
      expect(found).toBe(driver.name !== 'virtual card host');
    });

    it('passes short and extended commands, and whole answers', async () => {
      await begin();
      const { channel } = await layAndOpen('fresh');
      expect(swOf(await channel.transmit(selectJpki()))).toBe('9000');
      const label = await channel.transmit(readFile(0x06, 32));
      expect(label.ok && Buffer.from(label.value.subarray(0, 15)).toString('latin1')).toBe('JPKIAPICCTOKEN2');
      const whole = await channel.transmit(readWholeFile(0x0a));
      const der = Buffer.from(personOf(pki, 'fresh').authCertDer);
      expect(whole.ok && Buffer.from(whole.value.subarray(0, der.length)).equals(der)).toBe(true);
      await channel.close('unpower');
    });

    it('a card that was taken off answers "removed", and its channel stays dead when another card comes', async () => {
      await begin();
      const { channel } = await layAndOpen('fresh');
      expect(swOf(await channel.transmit(selectJpki()))).toBe('9000');
      await harness.takeOff();
      await events.next('removed');
      expect(swOf(await channel.transmit(queryTries()))).toBe('removed');
      const second = await layAndOpen('fresh-2');
      expect(['removed', 'not-open', 'wrong-session']).toContain(swOf(await channel.transmit(queryTries())));
      expect(swOf(await second.channel.transmit(selectJpki()))).toBe('9000');
      await channel.close('reset');
      expect(swOf(await second.channel.transmit(queryTries()))).toBe('63c3');
    });

    it('a fast swap is two cards, and the first one’s number opens nothing', async () => {
      await begin();
      await harness.lay(card('fresh'));
      const first = await events.next('inserted');
      await harness.takeOff();
      await harness.lay(card('fresh-2'));
      const second = await events.next('inserted');
      expect((await events.next('removed')).session).toBe(first.session);
      expect(second.session).not.toBe(first.session);
      const opened = await harness.reader.open(first.session);
      expect(opened.ok ? 'open' : opened.error.code).toBe('wrong-session');
    });

    it('a card that leaves under a command answers "removed", never success', async () => {
      await begin();
      const { session, channel } = await layAndOpen('fresh', { leaveAt: 2 });
      expect(swOf(await channel.transmit(selectJpki()))).toBe('9000');
      expect(swOf(await channel.transmit(queryTries()))).toBe('removed');
      expect((await events.next('removed')).session).toBe(session);
    });

    it('an answer without room for a status word is "removed", never success', async () => {
      await begin();
      // To vpcd an empty frame is no answer yet: on pcscd that is a card that hangs.
      for (const length of driver.name === 'card host on pcscd' ? [1] : [0, 1]) {
        const whole = card('fresh');
        const transmit: typeof whole.transmit = async (apdu) =>
          apdu[1] === 0x20 ? new Uint8Array(length) : whole.transmit(apdu);
        await harness.lay({ ...whole, transmit });
        const { session } = await events.next('inserted');
        const opened = await harness.reader.open(session);
        if (!opened.ok) throw new Error(opened.error.code);
        expect(swOf(await opened.value.transmit(selectJpki()))).toBe('9000');
        expect(swOf(await opened.value.transmit(queryTries()))).toBe('removed');
        await opened.value.close('unpower');
        await harness.takeOff();
        await events.next('removed');
      }
    });

    it('"unpower" forgets a verified PIN, and the same card can be opened again', async () => {
      await begin();
      const { session, channel } = await layAndOpen('fresh');
      await channel.transmit(selectJpki());
      expect(swOf(await channel.transmit(pinOf(personOf(pki, 'fresh').pin)))).toBe('9000');
      await channel.close('unpower');
      const again = await harness.reader.open(session);
      if (!again.ok) throw new Error(again.error.code);
      await again.value.transmit(selectJpki());
      expect(swOf(await again.value.transmit(signDigest(new Uint8Array(32))))).toBe('6982');
      await again.value.close('unpower');
    });

    it('a closed channel sends nothing; closing twice is no error', async () => {
      await begin();
      const { channel } = await layAndOpen('fresh');
      await channel.close('reset');
      await channel.close('unpower');
      expect(swOf(await channel.transmit(selectJpki()))).toBe('not-open');
    });

    it('a number that was never given opens nothing', async () => {
      await begin();
      const opened = await harness.reader.open(999);
      expect(opened.ok ? 'open' : opened.error.code).toBe('wrong-session');
    });

    it('reads a card with extended length refused, and over T=0', async () => {
      await begin();
      for (const options of [{ extendedLength: 'refused' }, { transport: 'T=0' }] as const) {
        const { channel } = await layAndOpen('fresh', options);
        const read = await readCard(channel, { extended: 'auto', now: Date.now() });
        expect(read.ok ? Buffer.from(read.value.certificate).equals(personOf(pki, 'fresh').authCertDer) : read.error).toBe(true);
        await channel.close('unpower');
        await harness.takeOff();
        await events.next('removed');
      }
    });

    it('a host that dies is replaced; its cards are gone, its calls end, and numbers go on', async ({ skip }) => {
      await begin();
      if (harness.killHost === undefined) return skip('no process of its own');
      const { session, channel } = await layAndOpen('fresh', { delayMs: () => 60_000 });
      const stuck = channel.transmit(selectJpki());
      harness.killHost();
      expect(swOf(await stuck)).toBe('host-gone');
      expect((await events.next('removed')).session).toBe(session);
      await harness.takeOff();
      for (;;) if ((await events.next('service')).up) break;
      const next = await layAndOpen('fresh-2');
      expect(next.session).toBeGreaterThan(session);
      expect(swOf(await next.channel.transmit(selectJpki()))).toBe('9000');
    });

    it('a command that hangs is given up at its deadline, with the host', async ({ skip }) => {
      await begin({ commandTimeoutSeconds: 1 });
      if (harness.killHost === undefined) return skip('no process of its own');
      const { channel } = await layAndOpen('fresh', { delayMs: () => 60_000 });
      expect(swOf(await channel.transmit(selectJpki()))).toBe('timeout');
      await events.next('removed');
      await harness.takeOff();
      for (;;) if ((await events.next('service')).up) break;
      const next = await layAndOpen('fresh-2');
      expect(swOf(await next.channel.transmit(selectJpki()))).toBe('9000');
    });

    it('every call has a deadline: a host that answers nothing is replaced', async ({ skip }) => {
      await begin({ commandTimeoutSeconds: 1 });
      if (harness.hangHost === undefined) return skip('no process of its own');
      const first = await layAndOpen('fresh');
      harness.hangHost();
      // Resolves; what is not closed dies with the host.
      await first.channel.close('unpower');
      for (;;) if ((await events.next('removed')).session === first.session) break;
      await harness.takeOff();
      for (;;) if ((await events.next('service')).up) break;
      await harness.lay(card('fresh-2'));
      const { session } = await events.next('inserted');
      harness.hangHost();
      const opened = await harness.reader.open(session);
      expect(opened.ok ? 'open' : opened.error.code).toBe('timeout');
      for (;;) if ((await events.next('removed')).session === session) break;
      await harness.takeOff();
      for (;;) if ((await events.next('service')).up) break;
      expect(swOf(await (await layAndOpen('fresh')).channel.transmit(selectJpki()))).toBe('9000');
    });

    it('stops when told, with a host that hangs', async ({ skip }) => {
      await begin();
      if (harness.hangHost === undefined) return skip('no process of its own');
      harness.hangHost();
      await harness.reader.stop();
    });

    it('stops when told, with a card in use', async () => {
      await begin();
      await layAndOpen('fresh');
      await harness.reader.stop();
    });
  });
}
