import { afterEach, describe, expect, it } from 'vitest';
import type { Slip } from '../../../main/contract/slip.ts';
import { drawRows } from '../../../main/core/print/draw/picture.ts';
import { createEscposPrinter, openDevice } from '../../../main/core/print/escpos/printer.ts';
import { writeSlip } from '../../../main/core/print/escpos/write-slip.ts';
import { layOut } from '../../../main/core/print/layout/lay-out.ts';
import { rolls } from '../../../main/core/print/layout/paper.ts';
import { slipFor } from '../../../main/core/print/slips.ts';
import { systemClock } from '../../../main/hosts/core/system.ts';
import { likeness } from './likeness.ts';
import { startVirtualPrinter, type VirtualPrinter } from './virtual-printer.ts';

/** What stands around a job and is no part of the slip: GS a on and off, GS r. */
const AROUND = 9;
const TIMES = { connectMs: 500, statusMs: 300, printMs: 2000 };

let made = 0;
function receivedSlip(large = false): Slip {
  made += 1;
  return slipFor(
    { kind: 'received', act: 'sign-up', receipt: '1234567897' },
    { id: `slip-${made}`, language: 'ja', terminal: 'TOWN-01', now: Date.UTC(2026, 10, 23, 15, 30), large },
  );
}
const shortSlip = (): Slip => ({ ...receivedSlip(), lines: [{ type: 'title', text: '受付票' }, { type: 'rule' }] });

const open: VirtualPrinter[] = [];
afterEach(async () => {
  for (const virtual of open.splice(0)) await virtual.close();
});

interface Start {
  mm?: 58 | 80;
  kanji?: boolean;
  mute?: boolean;
  /** What the printer knows, and what the settings say. */
  knowsQr?: boolean;
  qr?: 'command' | 'picture';
}
async function start({ mm = 58, kanji = true, mute = false, knowsQr = true, qr = 'command' }: Start = {}) {
  const virtual = await startVirtualPrinter(rolls[mm].dots, { mute, qr: knowsQr });
  open.push(virtual);
  const link = openDevice(virtual.device, systemClock, TIMES);
  if (link === null) throw new Error('no address');
  const form = { paper: rolls[mm], kanji, qr };
  return { virtual, form, printer: createEscposPrinter({ open: link, clock: systemClock, times: TIMES, ...form }) };
}

describe('a printer that does not share a line with our writer', () => {
  it.each([
    [58, false],
    [58, true],
    [80, false],
    [80, true],
  ] as const)('%i mm, large type %s: brings out what the picture shows, and reads back every word', async (mm, large) => {
    const { virtual, printer } = await start({ mm });
    const slip = receivedSlip(large);
    expect(await printer.print(slip)).toEqual({ ok: true, value: null });
    expect(virtual.unknown).toEqual([]);
    const [piece] = virtual.pieces;
    const words = slip.lines.flatMap((line) =>
      line.type === 'number' ? [line.label, line.value] : line.type === 'title' || line.type === 'text' ? [line.text] : [],
    );
    const unspaced = (text: string) => text.replaceAll(' ', '');
    expect(unspaced(piece?.text.filter((line) => !line.startsWith('---')).join('') ?? '')).toBe(unspaced(words.join('')));
    expect(piece?.codes).toEqual(['MADO1R:1234567897']);
    expect(piece?.pictures).toEqual([]);
    // The same layout: the rule is drawn another way, and the printer feeds to its knife.
    const drawn = drawRows([...layOut(slip, rolls[mm]), { type: 'gap', height: 24 }], rolls[mm]);
    expect(piece === undefined ? 0 : likeness(piece.picture, drawn)).toBeGreaterThan(0.98);
  });

  it('prints the same without kanji of its own, all as pictures', async () => {
    const { virtual, printer } = await start({ kanji: false });
    const slip = receivedSlip();
    expect(await printer.print(slip)).toEqual({ ok: true, value: null });
    expect(virtual.unknown).toEqual([]);
    const [piece] = virtual.pieces;
    expect(piece?.text).toEqual([]);
    const drawn = drawRows([...layOut(slip, rolls[58]), { type: 'gap', height: 24 }], rolls[58]);
    expect(piece === undefined ? 0 : likeness(piece.picture, drawn)).toBe(1);
  });

  it('prints a name with a rare character: that line is a picture, and the others are not', async () => {
    const { virtual, printer } = await start();
    const lines = ['髙﨑市', '①', '𠮷', 'けやき'].map((text) => ({ type: 'text' as const, text }));
    expect((await printer.print({ ...receivedSlip(), lines })).ok).toBe(true);
    expect(virtual.pieces[0]?.text).toEqual(['けやき']);
    expect(virtual.pieces[0]?.pictures).toEqual([32, 32, 32]);
  });
});

describe('a 58 mm printer that knows no command for QR codes', () => {
  it('prints the code as text by the command, and as a code that can be read by the setting', async () => {
    const before = await start({ knowsQr: false });
    await before.printer.print(receivedSlip());
    expect(before.virtual.pieces.flatMap(({ text }) => text).join('')).toContain('MADO1R:1234567897');

    const { virtual, printer } = await start({ knowsQr: false, qr: 'picture' });
    const slip = receivedSlip();
    expect(await printer.print(slip)).toEqual({ ok: true, value: null });
    expect(virtual.unknown).toEqual([]);
    const [piece] = virtual.pieces;
    expect(piece?.text.join('')).not.toContain('MADO1R');
    // The words are the printer's own, the code alone is a picture.
    expect(piece?.text.join('')).toContain('受付番号');
    expect(piece?.pictures).toHaveLength(1);
    const drawn = drawRows([...layOut(slip, rolls[58]), { type: 'gap', height: 24 }], rolls[58]);
    expect(piece === undefined ? 0 : likeness(piece.picture, drawn)).toBeGreaterThan(0.98);
  });
});

describe('paper near its end', () => {
  it('is told to staff with the next look, prints all the same, and is forgotten with a new roll', async () => {
    const { virtual, printer } = await start();
    const told: boolean[] = [];
    printer.onTrouble(() => told.push(printer.paperLow));
    virtual.paperLow(true);
    expect(await printer.check()).toEqual({ ok: true, value: null });
    expect(printer.paperLow).toBe(true);
    expect(printer.trouble).toBeNull();
    expect(await printer.print(receivedSlip())).toEqual({ ok: true, value: null });
    expect(virtual.pieces).toHaveLength(1);
    virtual.paperLow(false);
    expect(await printer.check()).toEqual({ ok: true, value: null });
    expect(told).toEqual([true, false]);
  });

  it('is told while a slip comes out', async () => {
    const { virtual, printer } = await start();
    virtual.after(300, 'paper-low');
    expect(await printer.print(receivedSlip())).toEqual({ ok: true, value: null });
    expect(printer.paperLow).toBe(true);
  });
});

describe('what is wrong with it', () => {
  it.each(['paper-out', 'cover-open', 'offline', 'refused'] as const)(
    '%s: told before a byte of the slip leaves',
    async (what) => {
      const { virtual, printer } = await start();
      const told: (string | null)[] = [];
      printer.onTrouble(() => told.push(printer.trouble));
      virtual.trouble(what);
      const slip = receivedSlip();
      expect(await printer.check()).toEqual({ ok: false, error: what });
      expect(await printer.print(slip)).toEqual({ ok: false, error: what });
      expect(printer.trouble).toBe(what);
      expect(virtual.received).toBe(0);
      // Nothing left the kiosk, so the same slip may be tried again.
      virtual.trouble(null);
      expect((await printer.print(slip)).ok).toBe(true);
      expect(virtual.pieces).toHaveLength(1);
      expect(told).toEqual([what, null]);
      expect(printer.trouble).toBeNull();
    },
  );

  it('not there: offline, within the deadline', async () => {
    const { virtual, printer } = await start();
    await virtual.close();
    expect(await printer.check()).toEqual({ ok: false, error: 'offline' });
    expect(await printer.print(receivedSlip())).toEqual({ ok: false, error: 'offline' });
  });

  it('a thing that takes bytes and says nothing is no printer of ours: offline', async () => {
    const { virtual, printer } = await start({ mute: true });
    expect(await printer.print(receivedSlip())).toEqual({ ok: false, error: 'offline' });
    expect(virtual.received).toBe(0);
  });
});

describe('nothing is printed twice', () => {
  it.each(['paper-out', 'cover-open', 'offline'] as const)(
    '%s in the middle: told at once, and the rest does not come out afterwards',
    async (what) => {
      const { virtual, printer } = await start();
      const slip = receivedSlip();
      virtual.after(200, what);
      expect(await printer.print(slip)).toEqual({ ok: false, error: what });
      virtual.trouble(null);
      const so = virtual.received;
      // The same slip again: the same answer, and not a byte.
      expect(await printer.print(slip)).toEqual({ ok: false, error: what });
      expect(virtual.received).toBe(so);
      expect(virtual.pieces).toEqual([]);
      // A new slip, asked for by a person, comes out whole, and once.
      expect((await printer.print({ ...slip, id: `${slip.id}-again` })).ok).toBe(true);
      expect(virtual.pieces).toHaveLength(1);
      expect(virtual.unknown).toEqual([]);
    },
  );

  it.each([true, false])(
    'unplugged after every byte of the stream (kanji %s): a failure, and the slip is never sent again',
    async (kanji) => {
      const { virtual, printer, form } = await start({ kanji });
      const all = writeSlip(shortSlip(), form).length + AROUND;
      // A picture is long: its rows are all alike, so every 61st byte of it.
      const step = kanji ? 1 : 61;
      for (let bytes = 0; bytes < all; bytes += step) {
        virtual.reset();
        const slip = shortSlip();
        virtual.after(bytes, 'unplugged');
        const before = virtual.received;
        expect(await printer.print(slip), `after ${bytes} bytes`).toEqual({ ok: false, error: 'offline' });
        expect(virtual.received - before).toBe(bytes);
        // Plugged in again: the slip's answer stays, and nothing is sent.
        expect(await printer.print(slip)).toEqual({ ok: false, error: 'offline' });
        expect(await printer.print(slip)).toEqual({ ok: false, error: 'offline' });
        expect(virtual.received - before).toBe(bytes);
        expect(virtual.pieces.length).toBeLessThanOrEqual(1);
        // The next slip is not eaten by a half command of the one that broke off.
        virtual.reset();
        expect((await printer.print(shortSlip())).ok).toBe(true);
        expect(virtual.pieces).toHaveLength(1);
      }
      expect(virtual.unknown).toEqual([]);
    },
  );

  it('printed: the same id again is answered, and not printed', async () => {
    const { virtual, printer } = await start();
    const slip = receivedSlip();
    const both = await Promise.all([printer.print(slip), printer.print(slip)]);
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    expect((await printer.print(slip)).ok).toBe(true);
    expect(virtual.pieces).toHaveLength(1);
  });

  it('two slips at once come out one after the other', async () => {
    const { virtual, printer } = await start();
    const all = await Promise.all([printer.print(receivedSlip()), printer.print(receivedSlip()), printer.check()]);
    expect(all.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(virtual.pieces).toHaveLength(2);
    expect(virtual.unknown).toEqual([]);
  });
});
