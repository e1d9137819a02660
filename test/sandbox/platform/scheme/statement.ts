import { z } from 'zod';
import { MunicipalPolicy, ServiceId } from '../../../../main/contract/catalogue.ts';
import type { Store } from '../store.ts';

export const Month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/);
const count = z.number().int().nonnegative();

/**
 * What a provider is told of one month. `subsidy`: the measure's points, paid by the state. `municipal`: points of municipalities, each
 * paid by its own; `area` is where the provider must let people spend them. Numbers only: no person, no account.
 */
export const Statement = z
  .object({
    service: ServiceId,
    month: Month,
    claimedAt: z.iso.datetime(),
    subsidy: z.object({ people: count, points: z.number().int(), paidAt: z.iso.datetime().nullable() }).strict(),
    municipal: z.array(z.object({ policy: z.string(), area: MunicipalPolicy.shape.area, people: count, yen: count }).strict()),
  })
  .strict();
export type Statement = z.infer<typeof Statement>;

const iso = (at: number) => new Date(at).toISOString();

/** @returns null when that month has not been claimed */
export function statementOf(store: Store, service: string, month: string): Statement | null {
  const claim = store.claim(service, month);
  if (claim === null) return null;
  return {
    service,
    month,
    claimedAt: iso(claim.claimed_at),
    subsidy: {
      people: store.claimed({ service, month })?.people ?? 0,
      points: claim.points,
      paidAt: claim.paid_at === null ? null : iso(claim.paid_at),
    },
    municipal: store.claimedMunicipal({ service, month }),
  };
}
