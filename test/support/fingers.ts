import fc from 'fast-check';

/** A finger goes down on the glass, or leaves it. */
export interface FingerMove {
  readonly finger: number;
  readonly go: 'down' | 'up';
}

/** Every finger goes down once and up once, in any order among them. @param most fingers, numbered from 0 in the order in which they come down */
export const interleaving = (most: number): fc.Arbitrary<readonly FingerMove[]> =>
  fc.integer({ min: 1, max: most }).chain((fingers) =>
    fc.array(fc.nat(), { minLength: fingers * 2, maxLength: fingers * 2 }).map((choices) => {
      const moves: FingerMove[] = [];
      const held: number[] = [];
      let next = 0;
      for (const choice of choices) {
        const mayCome = next < fingers;
        const which = choice % (held.length + (mayCome ? 1 : 0));
        if (mayCome && which === held.length) {
          held.push(next);
          moves.push({ finger: next++, go: 'down' });
        } else {
          const [finger = 0] = held.splice(which, 1);
          moves.push({ finger, go: 'up' });
        }
      }
      return moves;
    }),
  );
