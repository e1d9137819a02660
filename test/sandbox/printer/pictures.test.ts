import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Slip } from '../../../main/contract/slip.ts';
import { drawnSlips } from '../../fixtures/slips/drawn.ts';
import { likeness } from './likeness.ts';
import { slipPicture } from './picture.ts';
import { pngToBitmap } from './png.ts';

const folder = join(import.meta.dirname, '../../fixtures/slips');

describe('pictures of slips', () => {
  it.each(drawnSlips)('$name looks as it was looked at', ({ name, draw }) => {
    const kept = pngToBitmap(readFileSync(join(folder, `${name}.png`)));
    // Every processor rounds a little differently; a character that moved or changed is another thing.
    expect(likeness(pngToBitmap(draw()), kept)).toBeGreaterThan(0.999);
  });

  it('likeness notices one digit that changed, and a line that moved', () => {
    const picture = (lines: Slip['lines']) => pngToBitmap(slipPicture({ id: 's', receipt: null, large: false, lines }, 80));
    const sentence = { type: 'text' as const, text: 'お申し込みを、この端末で受け付けました。まだ手続きは終わっていません。' };
    const many = Array.from({ length: 8 }, () => sentence);
    const number = (value: string) => ({ type: 'number' as const, label: '受付番号', value });
    const kept = picture([...many, number('123-456-7897')]);
    expect(likeness(kept, picture([...many, number('123-456-7897')]))).toBe(1);
    expect(likeness(kept, picture([...many, number('123-456-7891')]))).toBeLessThan(0.999);
    expect(likeness(kept, picture([number('123-456-7897'), ...many]))).toBeLessThan(0.999);
    expect(likeness(kept, { ...kept, data: new Uint8Array(kept.data.length) })).toBe(0);
  });
});

describe('the rasteriser', () => {
  it('imports Node-API and system symbols only, so that one file serves every Node', () => {
    const require = createRequire(import.meta.url);
    const binary = require.resolve('@resvg/resvg-js-linux-x64-gnu', { paths: [require.resolve('@resvg/resvg-js')] });
    const names = execFileSync('nm', ['-D', '--undefined-only', binary], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim().split(' ').at(-1) ?? '')
      .filter((name) => name !== '');
    expect(names.filter((name) => name.startsWith('napi_')).length).toBeGreaterThan(10);
    expect(names.filter((name) => /v8|node_|uv_|nan/i.test(name))).toEqual([]);
  });
});
