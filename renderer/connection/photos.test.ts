import { expect, it } from 'vitest';
import type { Screen } from '../../main/contract/screens.ts';
import { fromBase64, toBase64 } from '../photo/base64.ts';
import type { PhotoOrder } from './connect.ts';
import { createPhotos, type Picture } from './photos.ts';

const camera = (shots: number): Screen => ({ name: 'photo', way: 'normal', shots });
const review = (shot: number): Screen => ({ name: 'photo-review', hints: [], shot });

function bench() {
  const sent: PhotoOrder[] = [];
  const seen: (string | null)[] = [];
  const shots = createPhotos((message) => sent.push(message));
  const watch = (shot: number) => shots.watch(shot, (jpeg) => seen.push(jpeg === null ? null : toBase64(jpeg)));
  const take = (shot: number) => {
    const jpeg: Picture = new Uint8Array([255, 216, shot]);
    shots.send({ step: 7, shot, jpeg, hints: ['tilted'] });
    return jpeg;
  };
  return { shots, sent, seen, watch, take };
}

it('sends what was taken, and shows it without asking for it', () => {
  const { shots, sent, seen, watch, take } = bench();
  shots.follow(camera(0));
  take(1);
  expect(sent).toEqual([{ type: 'photo', step: 7, jpeg: '/9gB', hints: ['tilted'] }]);
  shots.follow(review(1));
  watch(1);
  expect(seen).toEqual(['/9gB']);
  expect(sent).toHaveLength(1);
});

it('asks for a picture that it does not have, and takes only the one that somebody waits for', () => {
  const { shots, sent, seen, watch } = bench();
  shots.follow(review(2));
  const leave = watch(2);
  expect(sent).toEqual([{ type: 'want-photo', shot: 2 }]);
  shots.receive({ type: 'photo', shot: 1, jpeg: '/9gB' });
  expect(seen).toEqual([]);
  shots.receive({ type: 'photo', shot: 2, jpeg: '/9gC' });
  shots.receive({ type: 'photo', shot: 2, jpeg: null });
  expect(seen).toEqual(['/9gC', null]);
  leave();
  shots.receive({ type: 'photo', shot: 2, jpeg: '/9gC' });
  expect(seen).toHaveLength(2);
});

it.each<[string, Screen]>([
  ['the next screen', { name: 'form-again', text: '', problem: null, camera: false }],
  ['the end', { name: 'goodbye', reason: 'timeout' }],
  ['the camera, for another try', camera(1)],
  ['another shot', review(2)],
])('wipes the bytes on %s', (_, next) => {
  const { shots, take } = bench();
  shots.follow(camera(0));
  const jpeg = take(1);
  shots.follow(review(1));
  expect([...jpeg]).toEqual([255, 216, 1]);
  shots.follow(next);
  expect([...jpeg]).toEqual([0, 0, 0]);
});

it('wipes the bytes when the host is gone, and when the next picture is taken', () => {
  const { shots, take } = bench();
  shots.follow(camera(0));
  const first = take(1);
  const second = take(1);
  expect([...first]).toEqual([0, 0, 0]);
  shots.forget();
  expect([...second]).toEqual([0, 0, 0]);
});

it('writes base64 of any length, and reads it back', () => {
  for (const length of [0, 1, 2, 3, 8191, 8192, 8193, 50_000]) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 7919) % 256);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    expect([...fromBase64(toBase64(bytes))]).toEqual([...bytes]);
  }
});
