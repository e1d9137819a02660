import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { qrPath } from './qr.ts';

const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) } });

/** Paints the path's runs, so many pixels a module. */
function paint({ size, path }: ReturnType<typeof qrPath>, scale: number) {
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let down = 0; down < scale; down += 1) {
      const from = ((Number(y) * scale + down) * width + Number(x) * scale) * 4;
      for (let at = 0; at < Number(run) * scale * 4; at += 4) data.fill(0, from + at, from + at + 3);
    }
  }
  return { data, width, height: width, colorSpace: 'srgb' } as ImageData;
}

it('draws what a reader of codes reads, longest address included', async () => {
  for (const url of ['https://pay.example/', `https://pay.example/${'a'.repeat(180)}`]) {
    const [code] = await readBarcodes(paint(qrPath(url), 3), { formats: ['QRCode'] });
    expect(code?.text).toBe(url);
  }
});

it('keeps four modules free all around', () => {
  const { size, path } = qrPath('https://pay.example/');
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    expect(Number(x)).toBeGreaterThanOrEqual(4);
    expect(Number(y)).toBeGreaterThanOrEqual(4);
    expect(Number(x) + Number(run)).toBeLessThanOrEqual(size - 4);
    expect(Number(y)).toBeLessThan(size - 4);
  }
});
