import type { HistoryItem, StatusReply } from '../../../main/contract/platform.ts';
import type { CataloguePublisher } from './catalogue-publisher.ts';
import { linkedOf } from './decide.ts';
import { countedOf, grantsOf, movesOf } from './scheme/ledger.ts';
import type { Store } from './store.ts';

const MOST_HISTORY = 30;
const iso = (at: number) => new Date(at).toISOString();

/** Everything that a person may know of themselves. @param who null: has never come */
export function statusOf(
  who: { readonly person: number; readonly myKeyId: string } | null,
  store: Store,
  catalogues: CataloguePublisher,
): StatusReply {
  const { measure } = catalogues.current();
  const link = who === null ? null : store.linkOf(who.person, measure.id);
  const granted = link === null ? 0 : grantsOf(store, link);
  const history: HistoryItem[] = [
    ...(who === null ? [] : store.submissionsOf(who.person))
      .filter(({ kind }) => kind === 'set-up' || kind === 'sign-up')
      .map(({ kind, received_at }) => ({
        at: iso(received_at),
        what: kind === 'set-up' ? ('set-up' as const) : ('sign-up' as const),
        amount: 0,
      })),
    ...(who === null ? [] : store.municipalGrants(who.person)).map(({ at, yen }) => ({
      at: iso(at),
      what: 'municipal' as const,
      amount: yen,
    })),
    ...(link === null ? [] : movesOf(store, link)).map(({ at, what, amount }) => ({ at: iso(at), what, amount })),
  ];
  return {
    kind: 'status',
    myKeyId: who?.myKeyId ?? null,
    linked: link === null ? null : linkedOf(link, catalogues),
    counted: link === null ? 0 : countedOf(store, link, measure),
    granted,
    remaining: Math.max(0, measure.cap - granted),
    cap: measure.cap,
    history: history.toSorted((a, b) => b.at.localeCompare(a.at)).slice(0, MOST_HISTORY),
  };
}
