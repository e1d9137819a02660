import { formatReceipt } from '../../main/contract/receipt.ts';
import type { PendingHere as Rows } from '../../main/contract/screens.ts';
import { useKit } from '../kit/kit.tsx';
import { Fact } from './facts.tsx';

/** What the card has waiting at this kiosk, each with its receipt number and how it stands. */
export function PendingHere({ rows }: { readonly rows: Rows }) {
  const { t } = useKit();
  return rows.map(({ receipt, kind, state }) => (
    <Fact key={receipt} name={t('pendingHere.name')}>
      {t(`kinds.${kind}`)}
      <small>
        {t(`pendingHere.${state}`)}
        <br />
        {formatReceipt(receipt)}
      </small>
    </Fact>
  ));
}
