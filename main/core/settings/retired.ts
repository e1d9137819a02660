import { isRecord, type Layer } from './merge.ts';

/** A layer as today's settings are called, and a sentence for each name in it that is of an earlier version. */
interface Renewed {
  readonly layer: Layer;
  readonly notices: readonly string[];
}

/** Journeys that have another name since; the old one in a town's file is read as the new one. */
const JOURNEYS: Readonly<Record<string, string>> = { pending: 'receipt-lookup' };

/**
 * A town's file outlives the version that it was written for. A name that was changed since is read as the new one, and a setting that is none any
 * more is left out: the kiosk starts, and says so.
 */
export function renewSettings(layer: Layer): Renewed {
  const { name, values } = layer;
  const notices: string[] = [];
  const renewed = { ...values };
  if (Array.isArray(values['journeys'])) {
    renewed['journeys'] = values['journeys'].map((journey: unknown) => {
      const now = typeof journey === 'string' && Object.hasOwn(JOURNEYS, journey) ? JOURNEYS[journey] : undefined;
      if (now === undefined) return journey;
      notices.push(`${name}: journeys: "${String(journey)}" is called "${now}" now, and is read as that`);
      return now;
    });
  }
  if (isRecord(values['timeouts']) && 'resultSeconds' in values['timeouts']) {
    const { resultSeconds: _, ...timeouts } = values['timeouts'];
    renewed['timeouts'] = timeouts;
    notices.push(`${name}: timeouts.resultSeconds: is no setting any more, and never did anything; it can be deleted`);
  }
  return { layer: { ...layer, values: renewed }, notices };
}
