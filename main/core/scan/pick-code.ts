/** What a scan brought: a code, and from a camera the others that were in the same picture. */
export interface Scanned {
  readonly text: string;
  readonly also?: readonly string[];
}

/**
 * The code of one picture that a screen asked for.
 * @param fits what a text would be taken as; null: it does not fit
 * @returns the one that fits, `several` when codes that mean different things do: nobody guesses which was meant. Where none fits, the
 *   first: the screen has words for what is wrong with it
 */
export function pickCode({ text, also = [] }: Scanned, fits: (text: string) => string | null): { text: string } | 'several' {
  const fitting = [text, ...also].flatMap((one) => {
    const as = fits(one);
    return as === null ? [] : [{ text: one, as }];
  });
  const [first] = fitting;
  if (fitting.some(({ as }) => as !== first?.as)) return 'several';
  return { text: first?.text ?? text };
}
