import { join } from 'node:path';
import { cLibrary } from '../../support/c-library.ts';

/** A PC/SC call by the name that changed-answers.c has for it. */
type Call = 'EstablishContext' | 'ListReaders' | 'StatusChange' | 'Notification' | 'Connect' | 'Transmit';

/**
 * The `from`-th call (from 1), and as many as `times` says (0: for ever), are answered with this code, or never. `from` 0: as long as the
 * file MADOGUCHI_PCSC_WHILE is there.
 */
export interface ChangedAnswer {
  readonly call: Call;
  readonly code: number | 'hang';
  readonly from?: number;
  readonly times?: number;
}

/** The environment of a card host whose PC/SC answers like this. @throws where there is no C compiler: the addon needs it too */
export function changedAnswers(...answers: readonly ChangedAnswer[]): Record<string, string> {
  const library = cLibrary(join(import.meta.dirname, 'changed-answers.c'), ['-I/usr/include/PCSC']);
  if ('why' in library) throw new Error(`PC/SC answers cannot be changed: ${library.why}`);
  const plan = answers.map(({ call, code, from = 1, times = 1 }) =>
    [call, code === 'hang' ? code : code.toString(16), from, times].join(':'),
  );
  return { LD_PRELOAD: library.path, MADOGUCHI_PCSC_ANSWERS: plan.join() };
}
