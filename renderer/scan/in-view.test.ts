import { expect, it } from 'vitest';
import { createInView } from './in-view.ts';

const qr = { text: ']Q1a', checked: true };
const itf = { text: ']I01234', checked: false };
const other = { text: ']I05678', checked: false };

it('a code that checks itself is told at once, and once as long as it is held', () => {
  const view = createInView();
  expect(view.look([qr])).toEqual([']Q1a']);
  for (let picture = 0; picture < 50; picture += 1) expect(view.look([qr])).toEqual([]);
});

it('a code without a check digit is told when a second picture agrees, and never from one', () => {
  const view = createInView();
  expect(view.look([itf])).toEqual([]);
  expect(view.look([other])).toEqual([]);
  expect(view.look([itf])).toEqual([']I01234']);
  const flickers = createInView();
  for (let picture = 0; picture < 30; picture += 1)
    expect(flickers.look([{ text: `]I0${1000 + picture}`, checked: false }])).toEqual([]);
});

it('two pictures that lie far apart do not agree', () => {
  const view = createInView();
  for (let round = 0; round < 5; round += 1) {
    expect(view.look([itf])).toEqual([]);
    expect(view.look([])).toEqual([]);
    expect(view.look([])).toEqual([]);
  }
});

it('what was there is told along with what comes, and again after it was away', () => {
  const view = createInView();
  expect(view.look([qr])).toEqual([']Q1a']);
  expect(view.look([qr, itf])).toEqual([]);
  expect(view.look([qr, itf])).toEqual([']Q1a', ']I01234']);
  // One picture in which it could not be read is no going away.
  expect(view.look([])).toEqual([]);
  expect(view.look([qr])).toEqual([]);
  for (let picture = 0; picture < 10; picture += 1) expect(view.look([])).toEqual([]);
  expect(view.look([qr])).toEqual([']Q1a']);
});
