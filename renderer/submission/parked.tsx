import type { ScreenOf } from '../../main/contract/screens.ts';
import { dayAndTimeText } from '../../main/contract/words/dates.ts';
import { NextPerson, PressButton } from '../components/buttons.tsx';
import { Icon } from '../components/icons.tsx';
import { Receipt } from '../components/numbers.tsx';
import { Page } from '../components/page.tsx';
import { SlipLine } from '../components/slip-line.tsx';
import { usePageContext } from '../context/context.tsx';
import { BigMark } from '../pictures/big-mark.tsx';

/** Safe here, but the platform could not take it: a case for staff, with its number. */
export function Parked({ screen: { receipt, at, nextPerson, slip } }: { readonly screen: ScreenOf<'parked'> }) {
  const { t, rich, language } = usePageContext();
  return (
    <Page
      name="parked"
      progress="result"
      mark={<BigMark name="caution" kind="caution" />}
      title={t('parked.title')}
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
      <p>{t('parked.text')}</p>
      <p className="next-step">
        <Icon name="next" />
        <span>{t('parked.next')}</span>
      </p>
    </Page>
  );
}
