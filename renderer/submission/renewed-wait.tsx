import type { ScreenOf } from '../../main/contract/screens.ts';
import { PressButton } from '../components/buttons.tsx';
import { Icon } from '../components/icons.tsx';
import { Page } from '../components/page.tsx';
import { SlipLine } from '../components/slip-line.tsx';
import { usePageContext } from '../context/context.tsx';
import { BigMark } from '../pictures/big-mark.tsx';

export function RenewedWait({ screen: { slip } }: { readonly screen: ScreenOf<'renewed-wait'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="renewed-wait"
      progress="card"
      mark={<BigMark name="clock" kind="info" />}
      title={t('renewedWait.title')}
      back
      actions={
        <>
          <SlipLine slip={slip} />
          <PressButton button="done" icon="close" look="primary">
            {t('done')}
          </PressButton>
        </>
      }
    >
      <p>{t('renewedWait.text')}</p>
      <p className="next-step">
        <Icon name="next" />
        <span>{t('renewedWait.next')}</span>
      </p>
    </Page>
  );
}
