import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Receipt } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { SlipLine } from '../../components/slip-line.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

/** How the race with the sender ended: cancelled or sent, never both. */
export function PendingCancelled({ screen }: { readonly screen: ScreenOf<'pending-cancelled'> }) {
  const { t } = usePageContext();
  const { receipt, cancelled, slip } = screen;
  return (
    <Page
      name="pending-cancelled"
      mark={cancelled ? <BigMark name="ok" kind="ok" /> : <BigMark name="stop" kind="stop" />}
      title={t(cancelled ? 'pendingCancelled.title' : 'pendingCancelled.lateTitle')}
      actions={
        <>
          <SlipLine slip={slip} receipt={receipt} />
          <PressButton button="done" icon="check" look="primary">
            {t('done')}
          </PressButton>
        </>
      }
    >
      <p>{t(cancelled ? 'pendingCancelled.text' : 'pendingCancelled.lateText')}</p>
      <Receipt receipt={receipt} large />
    </Page>
  );
}
