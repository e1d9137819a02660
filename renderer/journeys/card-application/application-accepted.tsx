import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Receipt } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { SlipLine } from '../../components/slip-line.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

/** It has arrived; nothing is promised but what follows, and about when. */
export function ApplicationAccepted({
  screen: { receipt, weeks, contact, slip },
}: {
  readonly screen: ScreenOf<'application-accepted'>;
}) {
  const { t } = usePageContext();
  return (
    <Page
      name="application-accepted"
      progress="sent"
      mark={<BigMark name="ok" kind="ok" />}
      title={t('applicationAccepted.title')}
      actions={
        <>
          <SlipLine slip={slip} receipt={receipt} />
          <PressButton button="done" icon="check" look="primary">
            {t('done')}
          </PressButton>
        </>
      }
    >
      <Receipt receipt={receipt} large>
        {t('applicationAccepted.check')}
      </Receipt>
      <ul className="bullets">
        <li>{weeks === null ? t('applicationAccepted.weeksUnknown') : t('applicationAccepted.weeks', { weeks })}</li>
        <li>{t('applicationAccepted.letter')}</li>
        <li>{t(contact ? 'applicationAccepted.contact' : 'applicationAccepted.noContact')}</li>
      </ul>
    </Page>
  );
}
