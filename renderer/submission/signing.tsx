import type { ScreenOf } from '../../main/contract/screens.ts';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import { Busy } from '../pictures/busy.tsx';
import { CardOnReader } from '../pictures/card-on-reader.tsx';

export function Signing({ screen: { pauseSeconds } }: { readonly screen: ScreenOf<'signing'> }) {
  const { t, plain } = usePageContext();
  return (
    <Page
      name="signing"
      progress="pin"
      picture={<CardOnReader act="lie" label={plain('insert.picture')} />}
      title={t(pauseSeconds === null ? 'signing.title' : 'signing.pauseTitle')}
      out="stop"
    >
      {pauseSeconds === null ? (
        <p>{t('signing.text')}</p>
      ) : (
        <>
          <p>{t('signing.pauseText', { seconds: pauseSeconds })}</p>
          <p>{t('signing.pauseLeave')}</p>
        </>
      )}
      <Busy />
    </Page>
  );
}
