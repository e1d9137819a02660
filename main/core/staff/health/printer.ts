import type { Printer } from '../../ports.ts';
import { type CheckOf, found } from './check.ts';

/** The printer answers. @param used the settings name one */
export const printerCheck =
  (printer: Pick<Printer, 'check' | 'paperLow'>, used: boolean): CheckOf<'printer'> =>
  async () => {
    if (!used) return found('good', 'not-used');
    const answer = await printer.check();
    if (!answer.ok) return found('bad', answer.error);
    return printer.paperLow ? found('warning', 'paper-low') : found('good', 'ready');
  };
