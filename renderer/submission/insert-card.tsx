import type { ScreenOf } from '../../main/contract/screens.ts';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import { CardOnReader } from '../pictures/card-on-reader.tsx';
import './insert-card.css';

/** The causes come from the official list of why a card is not read (SOURCES.md, Set-up: states of a card). */
export function InsertCard({ screen }: { readonly screen: ScreenOf<'insert-card'> }) {
  const { t, plain } = usePageContext();
  return (
    <Page
      name="insert-card"
      progress={screen.journey === 'set-up' ? 'card' : null}
      picture={<CardOnReader act="put" label={plain('insert.picture')} />}
      title={t('insert.title')}
      back
      out="stop"
    >
      <p>{t('insert.text')}</p>
      {screen.slow ? (
        <section className="causes" aria-live="polite">
          <h2>{t('insert.slowTitle')}</h2>
          <ol>
            <li>
              <span>{t('insert.slowCase')}</span>
            </li>
            <li>
              <span>{t('insert.slowOther')}</span>
            </li>
            <li>
              <span>{t('insert.slowMetal')}</span>
            </li>
            <li>
              <span>{t('insert.slowStill')}</span>
            </li>
          </ol>
        </section>
      ) : null}
    </Page>
  );
}
