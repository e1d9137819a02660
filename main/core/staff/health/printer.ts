import type { Printer } from '../../ports.ts';
import { type CheckOf, found } from './check.ts';

/** The printer answers. @param used the settings name one */
export const printerCheck =
  (printer: Pick<Printer, 'check'>, used: boolean): CheckOf<'printer'> =>
  async () => {
    if (!used) return found('good', 'not-used');
    const answer = await printer.check();
    return answer.ok ? found('good', 'ready') : found('bad', answer.error);
  };
