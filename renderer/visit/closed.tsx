import type { ScreenOf } from '../../main/contract/screens.ts';
import { clockText, hourOfNote, weekdayText } from '../../main/contract/words/dates.ts';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import { BigMark } from '../pictures/big-mark.tsx';
import { CardOnReader } from '../pictures/card-on-reader.tsx';
import './closed.css';

/** Outside the opening hours: when it opens, and whom to ask. There is nothing to press. */
export function Closed({ screen: { opens, ask, card } }: { readonly screen: ScreenOf<'closed'> }) {
  const { t, plain, language } = usePageContext();
  return (
    <Page
      name="closed"
      layout="centred"
      picture={card ? <CardOnReader act="take" label={plain('takeCard.picture')} /> : undefined}
      mark={card ? undefined : <BigMark name="clock" kind="info" />}
      title={t(card ? 'closed.cardTitle' : 'closed.title')}
    >
      {opens === null ? null : (
        <p className="opens">
          <span>{t('closed.opens')}</span>{' '}
          <strong>{t('closed.onDay', { on: opens.on, day: weekdayText(language, opens.at) })}</strong>{' '}
          <strong>{t('closed.fromTime', { at: hourOfNote(opens.at), time: clockText(language, opens.at) })}</strong>
        </p>
      )}
      <p>{t(card ? 'closed.cardText' : 'closed.text')}</p>
      {opens === null ? <p>{t('closed.unknown')}</p> : null}
      {ask === null ? (
        opens === null ? null : (
          <p>{t('closed.ask')}</p>
        )
      ) : (
        <p>
          {t('closed.askAt')} {ask}
        </p>
      )}
    </Page>
  );
}
