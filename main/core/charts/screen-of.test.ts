import { expect, it } from 'vitest';
import { createActor, setup } from 'xstate';
import { type Shows, screenOf } from './screen-of.ts';

type Meta = Shows<{ full: boolean }>;
const inner = setup({ types: { meta: {} as Meta } }).createMachine({
  initial: 'braille',
  states: {
    braille: { meta: { screen: () => ({ name: 'braille' }) }, on: { next: 'blank' } },
    blank: { on: { next: 'done' } },
    done: { type: 'final' },
  },
});
const outer = setup({
  types: { context: {} as { full: boolean }, meta: {} as Meta },
  actors: { inner },
}).createMachine({
  context: { full: false },
  initial: 'before',
  meta: { screen: (_, language) => ({ name: 'policy-not-for-you', title: language }) },
  states: {
    before: {
      meta: { screen: () => ({ name: 'whose-card' }) },
      initial: 'shown',
      states: {
        shown: { meta: { screen: () => ({ name: 'has-id' }) }, on: { next: 'gone' } },
        gone: { meta: { screen: () => null }, on: { next: '#silent' } },
      },
    },
    silent: { id: 'silent', on: { next: 'act' } },
    act: {
      meta: { child: 'inner', screen: () => ({ name: 'hand-over' }) },
      invoke: { id: 'inner', src: 'inner', onDone: 'before' },
    },
  },
});

it('the deepest state that shows something; a chart that runs in it shows for it', () => {
  const actor = createActor(outer).start();
  const shown = () => screenOf(actor.getSnapshot(), 'en');
  expect(shown()).toEqual({ name: 'has-id' });
  actor.send({ type: 'next' });
  expect(shown(), 'a state whose screen is not there now shows what is around it').toEqual({ name: 'whose-card' });
  actor.send({ type: 'next' });
  expect(shown()).toEqual({ name: 'policy-not-for-you', title: 'en' });
  actor.send({ type: 'next' });
  expect(shown()).toEqual({ name: 'braille' });
  actor.getSnapshot().children.inner?.send({ type: 'next' });
  expect(shown(), 'a chart that shows nothing now').toEqual({ name: 'hand-over' });
});
