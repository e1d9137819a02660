import type { ScreenOf } from '../../../main/contract/screens.ts';
import { dayText } from '../../../main/contract/words/dates.ts';
import { NextPerson, PressButton } from '../../components/buttons.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { MaskedNumber, Receipt } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { SlipLine } from '../../components/slip-line.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

/** One person, one service: which one it is, and that nothing was changed. */
export function AlreadySignedUp({ screen }: { readonly screen: ScreenOf<'already-signed-up'> }) {
  const { t, rich, language } = usePageContext();
  const { receipt, linked, service, slip } = screen;
  return (
    <Page
      name="already-signed-up"
      progress="result"
      mark={<BigMark name="info" kind="info" />}
      title={t('already.title')}
      onward={<NextPerson quiet />}
      actions={
        <>
          <SlipLine slip={slip} receipt={receipt} />
          <PressButton button="done" icon="check" look="primary">
            {t('done')}
          </PressButton>
        </>
      }
    >
      <Facts>
        <Fact name={t('already.service')}>{service}</Fact>
        <Fact name={t('already.account')}>
          <MaskedNumber account={linked.account} />
        </Fact>
        <Fact name={t('already.since')}>{rich(dayText(language, linked.since))}</Fact>
      </Facts>
      <p>{t('already.nothing')}</p>
      <p>{t('already.text')}</p>
      <Receipt receipt={receipt} />
    </Page>
  );
}
