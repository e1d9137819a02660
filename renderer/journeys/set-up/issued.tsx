import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { MyKeyIdBox, Receipt } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { SlipLine } from '../../components/slip-line.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

export function Issued({ screen: { myKeyId, alreadySet, goesOn, receipt, slip } }: { readonly screen: ScreenOf<'issued'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="issued"
      progress="result"
      mark={<BigMark name={alreadySet ? 'info' : 'ok'} kind={alreadySet ? 'info' : 'ok'} />}
      title={t(alreadySet ? 'issued.already' : 'issued.title')}
      aside={<MyKeyIdBox label={t('issued.idLabel')} id={myKeyId} />}
      onward={
        goesOn === 'status' ? (
          <PressButton button="status" icon="chart" look="onward">
            {t('issued.goStatus')}
          </PressButton>
        ) : null
      }
      actions={
        <>
          <SlipLine slip={slip} receipt={receipt} />
          {goesOn === 'sign-up' ? (
            <div className="button-pair">
              <PressButton button="done">{t('done')}</PressButton>
              <PressButton button="sign-up" icon="e-money" look="primary">
                {t('issued.goSignUp')}
              </PressButton>
            </div>
          ) : (
            <PressButton button="done" icon="check" look="primary">
              {t('done')}
            </PressButton>
          )}
        </>
      }
    >
      <ul className="bullets">
        <li>{t('issued.use')}</li>
        <li>{t('issued.secret')}</li>
        <li>{t('issued.again')}</li>
      </ul>
      <Receipt receipt={receipt} />
    </Page>
  );
}
