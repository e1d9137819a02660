import type { QueueView } from '../../../main/contract/staff.ts';
import { stampIn } from '../../../main/contract/words/formats.ts';
import { useStaff } from '../components/staff-context.tsx';
import { RowFacts } from './row-card.tsx';

/** Rows at which the platform fails. There is nothing to press: they are tried by themselves, and hold nobody up. */
export function Alone({ rows }: { readonly rows: QueueView['alone'] }) {
  const { t, language } = useStaff();
  if (rows.length === 0) return null;
  return (
    <>
      <h2>{t('store.alone')}</h2>
      <p>{t('store.aloneText')}</p>
      <ul className="stack">
        {rows.map(({ id, receipt, kind, attempts, next }) => (
          <li key={id} className="item" data-alone={receipt}>
            <RowFacts receipt={receipt} kind={kind} attempts={attempts} more={[[t('store.nextTry'), stampIn(language, next)]]} />
          </li>
        ))}
      </ul>
    </>
  );
}
