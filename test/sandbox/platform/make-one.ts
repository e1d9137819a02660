import type { Store } from './store.ts';

/** While two links change places; no person has this number. */
const NOBODY = 0;

/**
 * Makes two persons one, who turned out to be (471 people of 2023 could apply twice because a renewal was not known:
 * SOURCES.md, Mishaps of 2023). Of two links in one measure the earlier one goes on; the later one stays behind, frozen, where
 * the operator finds it.
 * @param first whose ID stays @param now epoch ms
 */
export function makeOne(store: Store, first: number, other: number, now: number): void {
  store.transaction(() => {
    store.joinPeople(other, first);
    for (const link of store.linksOfPerson(other)) {
      const own = store.linkOf(first, link.measure);
      if (own === null) {
        store.moveLink(link.measure, other, first);
        continue;
      }
      if (link.since < own.since) {
        store.moveLink(link.measure, first, NOBODY);
        store.moveLink(link.measure, other, first);
        store.moveLink(link.measure, NOBODY, other);
      }
      store.freezeLink(now, other, link.measure);
    }
  });
}
