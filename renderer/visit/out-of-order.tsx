import type { ScreenOf } from '../../main/contract/screens.ts';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import { BigMark } from '../pictures/big-mark.tsx';
import { Busy } from '../pictures/busy.tsx';
import { DeviceTrial } from './device-trial.tsx';

export function OutOfOrder({ screen: { reason, trial } }: { readonly screen: ScreenOf<'out-of-order'> }) {
  const { t } = usePageContext();
  const starting = reason === 'starting';
  return (
    <Page
      name="out-of-order"
      layout="centred"
      mark={starting ? <Busy /> : trial === undefined ? <BigMark name="caution" kind="caution" /> : undefined}
      title={t(starting ? 'outOfOrder.startingTitle' : 'outOfOrder.title')}
    >
      <p>{t(`outOfOrder.text.${reason}`)}</p>
      {trial === undefined ? null : <DeviceTrial use={trial} />}
      {starting || reason === 'staff' ? null : (
        <>
          <p>{t('outOfOrder.next')}</p>
          <p className="small">{t('outOfOrder.code', { code: reason })}</p>
        </>
      )}
    </Page>
  );
}
