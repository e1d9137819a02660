import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { MaskedNumber, Receipt } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { SlipLine } from '../../components/slip-line.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

export function MunicipalGranted({ screen }: { readonly screen: ScreenOf<'municipal-granted'> }) {
  const { t } = usePageContext();
  const { receipt, policy, amount, linked, service, slip } = screen;
  return (
    <Page
      name="municipal-granted"
      progress="result"
      mark={<BigMark name="ok" kind="ok" />}
      title={t('municipalGranted.title')}
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
        <Fact name={t('readBack.policy')}>{policy}</Fact>
        <Fact name={t('municipalGranted.amount')}>{t('policies.points', { points: amount })}</Fact>
        <Fact name={t('municipalGranted.account')}>
          <MaskedNumber account={linked.account} />
        </Fact>
      </Facts>
      <p>
        {t('municipalGranted.goes', { service })} {t('municipalGranted.when')}
      </p>
      <Receipt receipt={receipt} />
    </Page>
  );
}
