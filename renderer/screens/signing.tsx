import { Page } from '../components/page.tsx';
import { useKit } from '../kit/kit.tsx';
import { Busy } from '../pictures/busy.tsx';
import { CardOnReader } from '../pictures/card-on-reader.tsx';

export function Signing() {
  const { t, plain } = useKit();
  return (
    <Page
      name="signing"
      progress="pin"
      picture={<CardOnReader act="lie" label={plain('insert.picture')} />}
      title={t('signing.title')}
      out="stop"
    >
      <p>{t('signing.text')}</p>
      <Busy />
    </Page>
  );
}
