import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { CardFacts } from '../../../main/contract/card.ts';
import { renewalCalendar } from '../../../main/contract/renewal.ts';
import { Slip } from '../../../main/contract/slip.ts';
import type { Bitmap } from '../../../main/core/print/draw/bitmap.ts';
import { drawRows } from '../../../main/core/print/draw/picture.ts';
import { createEscposPrinter, openDevice } from '../../../main/core/print/escpos/printer.ts';
import { layOut } from '../../../main/core/print/layout/lay-out.ts';
import { rolls } from '../../../main/core/print/layout/paper.ts';
import { slipText } from '../../../main/core/print/slip-text.ts';
import { slipFor } from '../../../main/core/print/slips.ts';
import { systemClock } from '../../../main/hosts/core/system.ts';
import { startVirtualPrinter } from './virtual-printer.ts';

const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) } });

const renewal = { state: 'later', from: '2029-11-18', until: '2030-02-17', today: '2029-06-01', cardToo: false } as const;
const facts: CardFacts = {
  triesLeft: 3,
  notBefore: '2025-10-27T01:37:00.000Z',
  notAfter: '2030-02-17T14:59:59.000Z',
  validity: 'valid',
  recentlyIssued: false,
  renewal,
};
let made = 0;
const checkSlip = (language: 'ja' | 'en', large: boolean) => {
  made += 1;
  return slipFor(
    { kind: 'check', facts, items: ['set-up-possible', 'moved-hint'] },
    { id: `trip-${made}`, language, terminal: 'TOWN-01', now: Date.parse('2029-06-01T03:00:00Z'), large },
  );
};

/** What a telephone's camera reads from the paper. */
async function readFrom({ width, height, data }: Bitmap): Promise<string[]> {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let dot = 0; dot < width * height; dot += 1)
    if (((data[dot >> 3] ?? 0) & (0x80 >> (dot & 7))) !== 0) rgba.fill(0, dot * 4, dot * 4 + 3);
  const found = await readBarcodes({ data: rgba, width, height, colorSpace: 'srgb' } as ImageData, { formats: ['QRCode'] });
  return found.map(({ text }) => text);
}

it.each([58, 80] as const)('%i mm: the trip comes out with its days in words, and its code can be read', async (mm) => {
  for (const language of ['ja', 'en'] as const)
    for (const large of [false, true]) {
      const slip = Slip.parse(checkSlip(language, large));
      const rows = layOut(slip, rolls[mm]);
      expect(await readFrom(drawRows(rows, rolls[mm]))).toEqual([renewalCalendar(renewal, slipText(language))]);
    }
});

it('by the printer’s own command and as a picture: one code, and nobody’s', async () => {
  for (const qr of ['command', 'picture'] as const) {
    const virtual = await startVirtualPrinter(rolls[58].dots);
    const open = openDevice(virtual.device, systemClock);
    if (open === null) throw new Error('no address');
    const printer = createEscposPrinter({ open, clock: systemClock, paper: rolls[58], kanji: true, qr });
    expect(await printer.print(checkSlip('ja', false))).toEqual({ ok: true, value: null });
    expect(virtual.unknown).toEqual([]);
    const [piece] = virtual.pieces;
    expect(piece?.text.join('')).toContain('2029年11月18日');
    expect(piece?.text.join('')).toContain('2030年2月17日');
    expect(piece === undefined ? [] : await readFrom(piece.picture)).toEqual([renewalCalendar(renewal, slipText('ja'))]);
    await virtual.close();
  }
});

it('who needs none gets none', () => {
  const { lines } = slipFor(
    { kind: 'check', facts: { ...facts, renewal: null }, items: ['set-up-possible'] },
    { id: 'none', language: 'ja', terminal: 'TOWN-01', now: 0, large: false },
  );
  expect(lines.some(({ type }) => type === 'calendar')).toBe(false);
});
