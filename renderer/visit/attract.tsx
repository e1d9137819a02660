import type { Journey, ScreenOf } from '../../main/contract/screens.ts';
import { PressButton } from '../components/buttons.tsx';
import { Icon } from '../components/icons.tsx';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import { usePress } from '../context/use-press.ts';
import { journeyPages } from '../journeys/registry.ts';
import { CardOnReader } from '../pictures/card-on-reader.tsx';
import './attract.css';

/** Nobody is here. Says what this terminal can finish and what it cannot (SOURCES.md, Terminals: what each place could do). */
export function Attract({ screen: { can } }: { readonly screen: ScreenOf<'attract'> }) {
  const { t, plain } = usePageContext();
  return (
    <Page
      name="attract"
      title={t('attract.title')}
      picture={<CardOnReader act="put" label={plain('insert.picture')} />}
      layout="front"
      actions={
        <>
          <section className="offers">
            <h2>
              <Icon name="ok" />
              {t('attract.can')}
            </h2>
            {can.map((journey, index) => (
              <Offer key={journey} journey={journey} number={index + 1} />
            ))}
          </section>
          <PressButton button="start" icon="next" look="primary">
            {t('attract.start')}
          </PressButton>
        </>
      }
    >
      <p>{t('attract.text')}</p>
      <p className="cannot">
        <Icon name="stop" /> <strong>{t('attract.cannot')}</strong> {t('attract.cannotText')}
      </p>
    </Page>
  );
}

/** One of the things that can be done here: a press begins it. */
function Offer({ journey, number }: { readonly journey: Journey; readonly number: number }) {
  const { t, press } = usePageContext();
  const handlers = usePress(() => press(journey));
  return (
    <button type="button" className="offer" data-button={journey} data-choice={number} {...handlers}>
      <Icon name={journeyPages[journey].icon} />
      <span>{t(journeyPages[journey].short)}</span>
    </button>
  );
}
