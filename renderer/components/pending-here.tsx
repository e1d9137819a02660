import { formatReceipt } from '../../main/contract/receipt.ts';
import type { PendingHere as Rows } from '../../main/contract/screens.ts';
import { usePageContext } from '../context/context.tsx';
import { Fact } from './facts.tsx';

/**
 * What the card has at this kiosk that is not done, each with its receipt number and how it stands. The kiosk knows it from memory only:
 * what came before its last start, or with the certificate before, has to be asked for by number, and that is said.
 */
export function PendingHere({ rows }: { readonly rows: Rows }) {
  const { t } = usePageContext();
  return (
    <>
      {rows.map(({ receipt, kind, at, state, code }) => (
        <Fact key={receipt} name={t(nameOf(state))}>
          {at === null ? null : t(`kinds.${kind}`)}
          <small>
            {state === 'refused' && code !== null ? t(`refused.${code}.title`) : t(`pendingHere.${state}`)}
            <br />
            {formatReceipt(receipt)}
          </small>
        </Fact>
      ))}
      <Fact name={t('pendingHere.beforeName')}>
        <small>{t('pendingHere.before')}</small>
      </Fact>
    </>
  );
}

function nameOf(state: Rows[number]['state']) {
  if (state === 'lost') return 'pendingHere.lostName';
  return state === 'refused' ? 'pendingHere.refusedName' : 'pendingHere.name';
}
