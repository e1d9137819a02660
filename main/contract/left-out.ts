import { z } from 'zod';
import { Journey } from './screens.ts';

/** A part of the terminal without which some journeys are not offered. */
export const Part = z.enum(['catalogue-key', 'camera']);
export type Part = z.infer<typeof Part>;

/** A journey that the settings name and this terminal does not offer, and the part that it lacks. */
export const LeftOut = z.object({ journey: Journey, lacks: Part }).strict();
export type LeftOut = z.infer<typeof LeftOut>;
