import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { encode } from 'uqr';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule } from 'zxing-wasm/reader';
import { prepareZXingModule as prepareWriter, type WriteInputBarcodeFormat, writeBarcode } from 'zxing-wasm/writer';
import { blurred, type DrawnSymbol, drawCodes, type Grey, type Modules, toPixels } from '../../test/support/drawn-codes.ts';
import { greyPng } from '../../test/support/grey-png.ts';
import { either } from '../../test/support/runs.ts';
import { readCodes } from './read-codes.ts';

const PICTURES = resolve(import.meta.dirname, '../../test/fixtures/codes');
const wasm = (name: 'reader' | 'writer') =>
  new Uint8Array(readFileSync(createRequire(import.meta.url).resolve(`zxing-wasm/${name}/zxing_${name}.wasm`))).buffer;

beforeAll(() => {
  prepareZXingModule({ overrides: { wasmBinary: wasm('reader') } });
  prepareWriter({ overrides: { wasmBinary: wasm('writer') } });
});

const read = async (picture: Grey) => (await readCodes(toPixels(picture))).map(({ text }) => text);
const qr = (text: string): Modules => encode(text, { ecc: 'M', border: 0 }).data;
async function bars(format: WriteInputBarcodeFormat, text: string): Promise<Modules> {
  const { symbol, error } = await writeBarcode(text, { format, scale: 1 });
  if (error !== '') throw new Error(error);
  const row = [...symbol.data.slice(0, symbol.width)].map((light) => light === 0);
  return [row.slice(row.indexOf(true), row.lastIndexOf(true) + 1)];
}

describe('pictures that were tried on the kiosk', () => {
  it.each([
    ['t_two_ean_c128.png', [']E04901234567894', ']C06900123456789013']],
    ['t_itf_rot20.png', [']I06900123456789013']],
    ['t_itf10_rot24.png', [']I01234567890']],
    ['t_codabar.png', [']F0A6900123456789013A']],
    ['t_qr_negflop.png', [']Q1mintpay:ABCDEF123456:654321']],
  ])('%s', async (name, texts) => {
    expect(await read(greyPng(join(PICTURES, name)))).toEqual(texts);
  });
});

describe('a QR code', () => {
  const text = 'mintpay:ABCDEF123456:654321';
  const module = 8;
  it.each<[string, DrawnSymbol, number?]>([
    ['as it is', { module }],
    ['inverted', { module, inverted: true }],
    ['mirrored', { module, mirrored: true }],
    ['inverted and mirrored', { module, inverted: true, mirrored: true }],
    ['turned by 30 degrees', { module, turned: 30 }],
    ['turned by 135 degrees', { module, turned: 135 }],
    ['dim', { module, from: [14, 44] }],
    ['in noise', { module, noise: 120 }],
    ['with a spot of glare', { module, glare: true }],
    ['out of focus', { module }, 4],
    ['60 px wide', { module: 60 / 29 }],
  ])('%s', async (_how, drawnSymbol, reach = 0) => {
    const picture = drawCodes([[qr(text), drawnSymbol]]);
    expect(await read(reach === 0 ? picture : blurred(picture, reach))).toEqual([`]Q1${text}`]);
  });
});

describe('a code without a check digit is whole, or is not there', () => {
  const ANGLES = either([0, 3, 20, 24, 41, 78, 158], [0, 3, 41]);
  it.each([
    ['ITF', '6900123456789013', 2.4, 180],
    ['ITF', '1234567890', 3.1, 60],
    ['Codabar', 'A6900123456789013A', 3, 120],
    ['Codabar', 'B12345678C', 3, 60],
    ['Code39', 'AB12345678', 2.4, 140],
  ] as const)('%s %s', async (format, text, module, tall) => {
    const modules = await bars(format, text);
    const got = new Map<number, readonly string[]>();
    for (const turned of ANGLES)
      got.set(
        turned,
        (await read(drawCodes([[modules, { module, tall, turned }]]))).map((one) => one.slice(3)),
      );
    expect([...got.values()].flat().filter((one) => one !== text)).toEqual([]);
    // Not for the reason that nothing is ever read.
    expect(got.get(0)).toEqual([text]);
    expect([...got.values()].flat().length).toBeGreaterThan(1);
  });

  it('cut off by the edge of the picture', async () => {
    const modules = await bars('ITF', '6900123456789013');
    for (const x of either([120, 160, 200, 240, 780, 820], [160, 820])) {
      const texts = await read(drawCodes([[modules, { module: 2.4, tall: 180, at: { x, y: 270 } }]]));
      expect(texts.filter((text) => text !== ']I06900123456789013')).toEqual([]);
    }
  });

  it('beside another one, and above one', async () => {
    const here = await bars('ITF', '12345678');
    const there = await bars('ITF', '87654321');
    const drawnSymbol = (x: number, y: number): DrawnSymbol => ({ module: 2.4, tall: 100, at: { x, y } });
    for (const [x, y] of [
      [480, 140],
      [480, 400],
    ] as const) {
      const texts = await read(
        drawCodes([
          [here, drawnSymbol(480, 270)],
          [there, drawnSymbol(x, y)],
        ]),
      );
      expect(texts.toSorted()).toEqual([']I012345678', ']I087654321']);
    }
    const beside = await read(
      drawCodes([
        [here, drawnSymbol(250, 270)],
        [there, drawnSymbol(700, 270)],
      ]),
    );
    expect(beside.toSorted()).toEqual([']I012345678', ']I087654321']);
  });
});
