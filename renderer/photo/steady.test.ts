import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PhotoHint } from '../../main/contract/application.ts';
import { createSteadyHints } from './steady.ts';

it('says what stays, and not what flickers', () => {
  const steady = createSteadyHints();
  const said = [
    ['tilted'],
    [],
    ['tilted'],
    ['tilted', 'blurred'],
    ['blurred', 'tilted'],
    ['blurred'],
    [],
    ['tilted'],
    ['tilted'],
    [],
    [],
    [],
  ].map((seen) => steady.look(seen as PhotoHint[]).join());
  expect(said).toEqual([
    '',
    '',
    '',
    'tilted',
    'blurred,tilted',
    'blurred,tilted',
    'tilted,blurred',
    'tilted,blurred',
    'tilted',
    'tilted',
    'tilted',
    '',
  ]);
});

it('ends up with what is seen, whatever was seen before', () => {
  const list = fc.uniqueArray(fc.constantFrom(...PhotoHint.options), { maxLength: 5 });
  fc.assert(
    fc.property(fc.array(list, { maxLength: 12 }), list, (before, last) => {
      const steady = createSteadyHints();
      for (const seen of before) steady.look(seen);
      let shown: readonly PhotoHint[] = [];
      for (let look = 0; look < 3; look += 1) shown = steady.look(last);
      expect(shown).toEqual(last);
    }),
  );
});
