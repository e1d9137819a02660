import type { Catalogue, Measure, PaymentService } from '../../contract/catalogue.ts';
import type { Filter, KanaRow, ServiceHindrance } from '../../contract/service-filter.ts';
import { KanaRow as KanaRows } from '../../contract/service-filter.ts';
import type { RandomBytes } from '../ports.ts';
import { japanDay } from '../time.ts';
import { normaliseKeyword, normaliseLetters } from './normalise.ts';
import { normaliseSound } from './normalise-sound.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What stands in the way of signing up with this service here, today. A last day counts to 24:00 in Japan. */
export function hindrancesOf(service: PaymentService, measure: Measure, today: string, minor: boolean): ServiceHindrance[] {
  const found: ServiceHindrance[] = [];
  if (today > service.lastDay || today > measure.lastDay) found.push('closed');
  if (service.appOnly) found.push('app-only');
  if (minor && !service.minors) found.push('minors');
  return found;
}

/** First day on which a charge or purchase counts for a sign-up made at this instant (ISO). */
export function firstDayThatCounts({ services, measure }: Catalogue, service: string, at: string): string {
  const sameDay = services.find(({ id }) => id === service)?.sameDayCounts ?? true;
  const first = japanDay(Date.parse(at) + (sameDay ? 0 : DAY_MS));
  return first < measure.from ? measure.from : first;
}

/** A fair order of so many services (Fisher-Yates over 32-bit draws; those that would bias are thrown away). */
export function seededOrder(random: RandomBytes, count: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const pick = below(random, last + 1);
    const held = order[last] ?? 0;
    order[last] = order[pick] ?? 0;
    order[pick] = held;
  }
  return order;
}

function below(random: RandomBytes, limit: number): number {
  const fair = 2 ** 32 - (2 ** 32 % limit);
  for (;;) {
    const bytes = random(4);
    const drawn = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
    if (drawn < fair) return drawn % limit;
  }
}

const ROW_SIGNS: Record<KanaRow, string> = {
  ア: 'アイウエオ',
  カ: 'カキクケコ',
  サ: 'サシスセソ',
  タ: 'タチツテト',
  ナ: 'ナニヌネノ',
  ハ: 'ハヒフヘホ',
  マ: 'マミムメモ',
  ヤ: 'ヤユヨ',
  ラ: 'ラリルレロ',
  ワ: 'ワヲン',
};

/** The row of the kana table that a reading begins in, marks left out. */
export function rowOf(kana: string): KanaRow {
  const first = normaliseKeyword(kana)[0] ?? 'ア';
  return KanaRows.options.find((row) => ROW_SIGNS[row].includes(first)) ?? 'ア';
}

export interface Finder {
  /** Services that fit, in the order of this visit. */
  find(filter: Filter): readonly PaymentService[];
}

/** One sound alone is in nearly every name. */
const LEAST_SOUND = 2;

/** @param order a permutation of the services' indices: no provider comes first because of its name */
export function createFinder(services: readonly PaymentService[], order: readonly number[]): Finder {
  const index = order
    .map((at) => services[at])
    .filter((service) => service !== undefined)
    .map((service) => ({
      service,
      row: rowOf(service.kana),
      kana: normaliseKeyword(`${service.kana}`),
      name: normaliseKeyword(service.name.ja),
      sounds: [service.kana, service.name.ja].map(normaliseSound),
      letters: [...Object.values(service.name), service.id].filter((name) => name !== undefined).map(normaliseLetters),
    }));
  return {
    find({ category, row, keyword, on, minors, noPhone }) {
      const kana = normaliseKeyword(keyword);
      const letters = normaliseLetters(keyword);
      const sound = normaliseSound(keyword);
      return index
        .filter(
          (entry) =>
            (category === null || entry.service.category === category) &&
            (row === null || entry.row === row) &&
            (on === null || entry.service.grantOn.includes(on)) &&
            (!minors || entry.service.minors) &&
            (!noPhone || !entry.service.phoneNeeded) &&
            (letters === '' ||
              (kana !== '' && (entry.kana.includes(kana) || entry.name.includes(kana))) ||
              (sound.length >= LEAST_SOUND && entry.sounds.some((text) => text.includes(sound))) ||
              entry.letters.some((text) => text.includes(letters))),
        )
        .map(({ service }) => service);
    },
  };
}
