import type { QueueView } from '../../../main/contract/staff.ts';
import { useStaff } from '../kit/kit.tsx';
import { QUEUE_WORDS } from '../strings/queue-words.ts';
import { timeOf } from './outcome.tsx';
import { RowFacts } from './row-card.tsx';

/** Rows at which the platform fails. There is nothing to press: they are tried by themselves, and hold nobody up. */
export function Alone({ rows }: { readonly rows: QueueView['alone'] }) {
  const { language } = useStaff();
  const t = QUEUE_WORDS[language];
  if (rows.length === 0) return null;
  return (
    <>
      <h2>{t.alone}</h2>
      <p>{t.aloneText}</p>
      <ul className="parked">
        {rows.map(({ id, receipt, kind, attempts, next }) => (
          <li key={id} data-alone={receipt}>
            <RowFacts receipt={receipt} kind={kind} attempts={attempts} more={[[t.nextTry, timeOf(next)]]} />
          </li>
        ))}
      </ul>
    </>
  );
}
