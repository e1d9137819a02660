import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { PhotoHint } from '../../main/contract/application.ts';
import type { LookReply } from '../../renderer/photo/face-worker.ts';
import { type HarnessPage, openHarness, ROOT } from '../screens/page-harness.ts';
import { SAMPLES } from '../screens/samples.ts';

/**
 * The detector that the page ships, under the page's own policy, on a real photograph: one that comes inside the detector's own package
 * (MIT), read from there and kept nowhere.
 */
const PHOTOGRAPH = join(ROOT, 'node_modules/@vladmandic/face-api/demo/sample6.jpg');
/** The woman on the right, who looks into the camera and leans her head: the middle between her eyes, and her tilt in degrees. */
const EYES = { x: 1579, y: 383 };
const LEAN = 13.2;

/** What is cut out of the photograph. */
interface Cut {
  /** Height of the part that becomes the picture, px of the photograph. */
  readonly height: number;
  /** Degrees by which it is turned back. */
  readonly turn?: number;
  /** Where the eyes come to lie, as parts of the picture. */
  readonly at?: { readonly x: number; readonly y: number };
  readonly blur?: number;
  readonly mirror?: boolean;
  /** Dark glasses, drawn on: their light, 0 to 255. */
  readonly glasses?: number;
}

let page: HarnessPage;
let close: () => Promise<void>;

test.beforeAll(async () => {
  const harness = await openHarness();
  close = () => harness.close();
  page = await harness.open('portrait', 'ja');
  const [first] = SAMPLES;
  if (first !== undefined) await page.show(first.snapshot('ja'));
});
test.afterAll(() => close());

async function look({
  height,
  turn = 0,
  at = { x: 0.5, y: 0.46 },
  blur = 0,
  mirror = false,
  glasses = -1,
}: Cut): Promise<LookReply> {
  const worker = readdirSync(join(ROOT, 'dist/renderer/assets')).find((name) => name.startsWith('face-worker'));
  return page.page.evaluate(
    async ({ jpeg, worker, eyes, height, turn, at, blur, mirror, glasses }) => {
      const bytes = Uint8Array.from(atob(jpeg), (sign) => sign.charCodeAt(0));
      const photograph = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
      const canvas = document.createElement('canvas');
      canvas.width = 350;
      canvas.height = 450;
      const pen = canvas.getContext('2d', { willReadFrequently: true });
      if (pen === null) throw new Error('no canvas');
      const by = 450 / height;
      if (blur > 0) pen.filter = `blur(${blur}px)`;
      pen.translate(at.x * 350, at.y * 450);
      pen.scale(mirror ? -by : by, by);
      pen.rotate((-turn * Math.PI) / 180);
      pen.drawImage(photograph, -eyes.x, -eyes.y);
      if (glasses >= 0) {
        // On her own axes, 13.2 degrees from the photograph's: she leans.
        pen.rotate((13.2 * Math.PI) / 180);
        pen.fillStyle = `rgb(${glasses} ${glasses} ${glasses})`;
        for (const side of [-1, 1]) {
          pen.beginPath();
          pen.ellipse(side * 44, 4, 38, 30, 0, 0, 7);
          pen.fill();
        }
        pen.fillRect(-12, -6, 24, 8);
      }
      const picture = pen.getImageData(0, 0, 350, 450);
      const looker = new Worker(worker, { type: 'module' });
      const reply = await new Promise<LookReply>((resolve, reject) => {
        looker.onmessage = ({ data }) => resolve(data);
        looker.onerror = () => reject(new Error('the worker failed'));
        looker.postMessage({ id: 1, picture, way: 'cover' });
      });
      looker.terminate();
      return reply;
    },
    {
      jpeg: readFileSync(PHOTOGRAPH).toString('base64'),
      worker: `/assets/${worker}`,
      eyes: EYES,
      ...{ height, turn, at, blur, mirror, glasses },
    },
  );
}

// `cover`: there are blinds behind her, which is right and not the question here.
const cases: readonly (readonly [string, Cut, readonly PhotoHint[]])[] = [
  ['as she stands', { height: 522 }, ['tilted']],
  ['turned upright', { height: 522, turn: LEAN }, []],
  ['from farther away', { height: 900, turn: LEAN }, ['too-small']],
  ['too near', { height: 390, turn: LEAN }, ['too-large']],
  ['to the left', { height: 522, turn: LEAN, at: { x: 0.33, y: 0.46 } }, ['off-centre']],
  ['out of focus', { height: 522, turn: LEAN, blur: 3 }, ['blurred']],
  ['in dark glasses', { height: 522, turn: LEAN, glasses: 25 }, ['eyes-hidden']],
  ['nobody', { height: 200, at: { x: 0.5, y: -2 } }, ['no-face']],
];
for (const [name, cut, hints] of cases) {
  test(`a real face, ${name}: ${hints.join() || 'nothing to say'}`, async () => {
    expect((await look(cut)).hints).toEqual(hints);
  });
}

test('a real face in a mirror leans to the other side, and its size is measured as before', async () => {
  const here = (await look({ height: 522 })).measures?.face;
  const there = (await look({ height: 522, mirror: true })).measures?.face;
  expect(here?.tilt).toBeGreaterThan(9);
  expect(there?.tilt).toBeLessThan(-9);
  expect(there?.size).toBeCloseTo(here?.size ?? 0, 1);
  expect(page.complaints).toEqual([]);
});
