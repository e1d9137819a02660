import { readFile } from 'node:fs/promises';
import { type CheckOf, found, short } from './check.ts';

/** A line that begins a card in ALSA's list: ` 0 [PCH            ]: HDA-Intel - HDA Intel PCH` */
const CARD = /^\s*\d+ \[[^\]]*\]: (.+)$/gm;

/** The system knows a sound card: audio guidance has somewhere to go. @param file /proc/asound/cards */
export const audioCheck =
  (platform: NodeJS.Platform, file: string): CheckOf<'audio'> =>
  async () => {
    if (platform !== 'linux') return found('unknown', 'cannot-tell');
    const text = await readFile(file, 'utf8').catch(() => '');
    const names = [...text.matchAll(CARD)].map(([, name = '']) => name.trim());
    if (names.length === 0) return found('warning', 'none');
    return found('good', 'there', { count: names.length, names: short(names.join(', ')) });
  };
