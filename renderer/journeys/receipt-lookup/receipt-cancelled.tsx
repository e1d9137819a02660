import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Receipt } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { SlipLine } from '../../components/slip-line.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

/** How the race with the sender ended: cancelled or sent, never both. */
export function ReceiptCancelled({ screen }: { readonly screen: ScreenOf<'receipt-cancelled'> }) {
  const { t } = usePageContext();
  const { receipt, cancelled, slip } = screen;
  return (
    <Page
      name="receipt-cancelled"
      mark={cancelled ? <BigMark name="ok" kind="ok" /> : <BigMark name="stop" kind="stop" />}
      title={t(cancelled ? 'receiptCancelled.title' : 'receiptCancelled.lateTitle')}
      actions={
        <>
          <SlipLine slip={slip} receipt={receipt} />
          <PressButton button="done" icon="check" look="primary">
            {t('done')}
          </PressButton>
        </>
      }
    >
      <p>{t(cancelled ? 'receiptCancelled.text' : 'receiptCancelled.lateText')}</p>
      <Receipt receipt={receipt} large />
    </Page>
  );
}
