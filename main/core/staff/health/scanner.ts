import { stateOf } from '../../scan/scanner-device.ts';
import { type CheckOf, found } from './check.ts';

/** @param device the file that the settings name; undefined: a scanner types like a keyboard, of which nothing can be known */
export const scannerCheck =
  (device: string | undefined): CheckOf<'scanner'> =>
  async () => {
    if (device === undefined) return found('good', 'not-used');
    const state = stateOf(device);
    return found(state === 'there' ? 'good' : 'bad', state);
  };
