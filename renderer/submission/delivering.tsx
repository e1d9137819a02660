import type { ScreenOf } from '../../main/contract/screens.ts';
import { Receipt } from '../components/numbers.tsx';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import { Busy } from '../pictures/busy.tsx';
import { CardOnReader } from '../pictures/card-on-reader.tsx';

/** Safe in the outbox already, so there is nothing left to give up: no way out but the card itself. */
export function Delivering({ screen }: { readonly screen: ScreenOf<'delivering'> }) {
  const { t, plain } = usePageContext();
  const { receipt, cardless } = screen;
  if (cardless)
    return (
      <Page name="delivering" progress="sent" layout="centred" mark={<Busy />} title={t('delivering.title')}>
        <p>{t('delivering.text')}</p>
        <p>{t('delivering.stay')}</p>
        <Receipt receipt={receipt} />
      </Page>
    );
  return (
    <Page
      name="delivering"
      progress="result"
      picture={<CardOnReader act="lie" label={plain('insert.picture')} />}
      title={t('delivering.title')}
    >
      <p>{t('delivering.text')}</p>
      <p>{t('delivering.keep')}</p>
      <Receipt receipt={receipt} />
      <Busy />
    </Page>
  );
}
