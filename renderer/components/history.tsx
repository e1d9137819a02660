import type { HistoryItem } from '../../main/contract/platform.ts';
import { dayText } from '../../main/contract/words/dates.ts';
import { usePageContext } from '../context/context.tsx';
import { Icon, type IconName } from './icons.tsx';

const ICONS: Record<HistoryItem['what'], IconName> = {
  'set-up': 'person',
  'sign-up': 'card',
  charge: 'charge',
  purchase: 'purchase',
  reversal: 'back',
  granted: 'points',
  'taken-back': 'back',
  municipal: 'town',
};

/** Yen or points, or nothing to count. */
function unitOf(what: HistoryItem['what']): 'status.yen' | 'status.points' | null {
  switch (what) {
    case 'charge':
    case 'purchase':
    case 'reversal':
      return 'status.yen';
    case 'granted':
    case 'taken-back':
    case 'municipal':
      return 'status.points';
    default:
      return null;
  }
}

/** What happened, newest first. */
export function History({ items }: { readonly items: readonly HistoryItem[] }) {
  const { t, rich, language } = usePageContext();
  return (
    <section className="history">
      <h2>{t('status.history')}</h2>
      {items.length === 0 ? <p>{t('status.none')}</p> : null}
      <ol>
        {items.map(({ at, what, amount }, index) => {
          const unit = unitOf(what);
          const signed = what === 'reversal' || what === 'taken-back' ? -Math.abs(amount) : Math.abs(amount);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be alike
            <li key={index}>
              <Icon name={ICONS[what]} />
              <span className="what">
                {t(`status.what.${what}`)} <small>{rich(dayText(language, at))}</small>
              </span>
              {unit === null ? null : <span className="amount">{t(unit, { yen: signed, points: signed })}</span>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
