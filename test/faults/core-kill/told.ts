import { z } from 'zod';

/** What a life tells its parent by IPC. `stocked`: a challenge is there. `drained`: nothing waits; the outbox's counts. */
export const Told = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listening') }).strict(),
  z.object({ type: z.literal('stocked') }).strict(),
  z.object({ type: z.literal('drained'), counts: z.record(z.string(), z.number()) }).strict(),
]);
export type Told = z.infer<typeof Told>;
