import type { ScreenOf } from '../../main/contract/screens.ts';
import { NextPerson, PressButton } from '../components/buttons.tsx';
import { Receipt } from '../components/numbers.tsx';
import { Page } from '../components/page.tsx';
import { SlipLine } from '../components/slip-line.tsx';
import { usePageContext } from '../context/context.tsx';
import { BigMark } from '../pictures/big-mark.tsx';

/** Delivered, but the answer cannot be shown in this session. */
export function Accepted({ screen: { receipt, nextPerson, slip, cardless } }: { readonly screen: ScreenOf<'accepted'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="accepted"
      progress={cardless ? 'sent' : 'result'}
      mark={<BigMark name="info" kind="info" />}
      title={t('accepted.title')}
      onward={nextPerson ? <NextPerson quiet /> : null}
      actions={
        <>
          <SlipLine slip={slip} receipt={receipt} />
          <PressButton button="done" icon="check" look="primary">
            {t('done')}
          </PressButton>
        </>
      }
    >
      <Receipt receipt={receipt} large />
      <p>{t('accepted.text')}</p>
      <p>{t(cardless ? 'received.byNumber' : 'accepted.result')}</p>
    </Page>
  );
}
