import type { RandomBytes } from '../../../main/core/ports.ts';
import { certificateKey } from './certificate.ts';
import { makeOne } from './make-one.ts';
import { newMyKeyId } from './my-key-id.ts';
import type { Store } from './store.ts';
import { chainOf, type Trust } from './trust.ts';

/** Who came, as the person table will say after the commit. `person` null: not known yet. */
export interface Identified {
  readonly person: number | null;
  readonly myKeyId: string;
  /** Key of the certificate that was presented. */
  readonly certificate: string;
}

/** Of 2^40 IDs nearly all are free: so many misses mean that the random source is broken. */
const MOST_MISSES = 100;

function freshId(store: Store, random: RandomBytes): string {
  for (let misses = 0; misses < MOST_MISSES; misses++) {
    const candidate = newMyKeyId(random);
    if (store.personWithId(candidate) === null) return candidate;
  }
  throw new Error('no free My Key ID: the random source repeats itself');
}

/**
 * The person behind a certificate: by any certificate of its renewal chain, earlier or later, so that a submission made
 * offline with the old card and delivered after the renewal finds the same person. Where several persons turn up (a renewal that
 * became known only after both had come) they are made one here, before anything is decided: the first ID stays.
 * @param now epoch ms
 */
export function identify(
  store: Store,
  trust: Trust,
  serial: string,
  { random, now }: { readonly random: RandomBytes; readonly now: number },
): Identified {
  const certificate = certificateKey(trust.ca, serial);
  const known = chainOf(serial, trust.renewals)
    .map((one) => store.personOf(certificateKey(trust.ca, one)))
    .filter((person) => person !== null)
    .toSorted((a, b) => a.person - b.person);
  const [first] = known;
  if (first === undefined) return { person: null, myKeyId: freshId(store, random), certificate };
  const others = new Set(known.map(({ person }) => person));
  others.delete(first.person);
  for (const other of others) makeOne(store, first.person, other, now);
  return { person: first.person, myKeyId: first.my_key_id, certificate };
}
