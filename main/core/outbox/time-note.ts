import { z } from 'zod';
import type { Storage } from './storage.ts';

/** The platform's time as it was last heard. `uptimeMs`: of the machine, since its start `bootId`; `wall`, `platform`: epoch ms. */
const TimeNote = z.object({ bootId: z.string(), uptimeMs: z.number(), wall: z.number(), platform: z.number() }).strict();
export type TimeNote = z.infer<typeof TimeNote>;

/** @returns false when it could not be written */
export const noteTime = (storage: Storage, note: TimeNote): boolean =>
  storage.write(({ sql }) => void sql.note.run('time', JSON.stringify(note)));

export const notedTime = (storage: Storage): TimeNote | null =>
  storage.read(null, ({ sql }) => {
    const text: unknown = sql.noted.get('time');
    const note = typeof text === 'string' ? TimeNote.safeParse(JSON.parse(text)) : null;
    return note?.success === true ? note.data : null;
  });
