import type { ScreenOf } from '../../main/contract/screens.ts';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import { Busy } from '../pictures/busy.tsx';
import { CardOnReader } from '../pictures/card-on-reader.tsx';

export function ReadingCard({ screen }: { readonly screen: ScreenOf<'reading-card'> }) {
  const { t, plain } = usePageContext();
  return (
    <Page
      name="reading-card"
      progress={screen.journey === 'set-up' ? 'card' : null}
      picture={<CardOnReader act="lie" label={plain('insert.picture')} />}
      title={t('reading.title')}
      out="stop"
    >
      <p>{t('reading.text')}</p>
      <Busy />
    </Page>
  );
}
