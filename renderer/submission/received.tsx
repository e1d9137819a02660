import type { ScreenOf } from '../../main/contract/screens.ts';
import { dayAndTimeText } from '../../main/contract/words/dates.ts';
import { NextPerson, PressButton } from '../components/buttons.tsx';
import { Notice } from '../components/notice.tsx';
import { Receipt } from '../components/numbers.tsx';
import { Page } from '../components/page.tsx';
import { SlipLine } from '../components/slip-line.tsx';
import { usePageContext } from '../context/context.tsx';
import './stamp.css';

/** 受付: kept safe, not delivered. Never says that anything is complete (invariant 5). */
export function Received({ screen: { receipt, at, nextPerson, slip, cardless } }: { readonly screen: ScreenOf<'received'> }) {
  const { t, rich, language } = usePageContext();
  return (
    <Page
      name="received"
      progress={cardless ? 'sent' : 'result'}
      mark={<div className="stamp">{t('received.badge')}</div>}
      title={t('received.title')}
      aside={<Notice kind="caution">{t('received.notYet')}</Notice>}
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
      <Receipt receipt={receipt} large>
        {t('received.at')} {rich(dayAndTimeText(language, at))}
      </Receipt>
      <ul className="bullets">
        <li>{t('received.later')}</li>
        <li>{t(cardless ? 'received.byNumber' : 'received.result')}</li>
      </ul>
    </Page>
  );
}
