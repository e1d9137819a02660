import type { ScreenOf } from '../../main/contract/screens.ts';
import { Page } from '../components/page.tsx';
import { useKit } from '../kit/kit.tsx';
import { BigMark } from '../pictures/big-mark.tsx';
import { Busy } from '../pictures/busy.tsx';

export function OutOfOrder({ screen: { reason } }: { readonly screen: ScreenOf<'out-of-order'> }) {
  const { t } = useKit();
  const starting = reason === 'starting';
  return (
    <Page
      name="out-of-order"
      shape="calm"
      mark={starting ? <Busy /> : <BigMark name="caution" kind="caution" />}
      title={t(starting ? 'outOfOrder.startingTitle' : 'outOfOrder.title')}
    >
      <p>{t(`outOfOrder.text.${reason}`)}</p>
      {starting || reason === 'staff' ? null : (
        <>
          <p>{t('outOfOrder.next')}</p>
          <p className="small">{t('outOfOrder.code', { code: reason })}</p>
        </>
      )}
    </Page>
  );
}
