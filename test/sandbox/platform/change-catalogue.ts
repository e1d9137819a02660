import { z } from 'zod';
import { type Catalogue, ServiceId } from '../../../main/contract/catalogue.ts';
import { unreachable } from '../../../main/contract/result.ts';

/** What an operator can change between two versions of the catalogue. */
export const CatalogueChange = z.discriminatedUnion('do', [
  /** Yesterday was the last day. */
  z.object({ do: z.literal('close'), service: ServiceId }).strict(),
  /** New conditions: whoever agreed to the old ones must read them again. */
  z.object({ do: z.literal('new-terms'), service: ServiceId, version: z.iso.date() }).strict(),
]);
export type CatalogueChange = z.infer<typeof CatalogueChange>;

/** @param yesterday a day in Japan @returns the next version */
export function changed(catalogue: Catalogue, change: CatalogueChange, yesterday: string): Catalogue {
  const services = catalogue.services.map((service) => {
    if (service.id !== change.service) return service;
    switch (change.do) {
      case 'close':
        return { ...service, lastDay: yesterday };
      case 'new-terms':
        return { ...service, terms: { ...service.terms, version: change.version } };
      default:
        return unreachable(change);
    }
  });
  return { ...catalogue, version: catalogue.version + 1, services };
}
