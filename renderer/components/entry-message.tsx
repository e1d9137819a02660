import type { ScreenOf } from '../../main/contract/screens.ts';
import { usePageContext } from '../context/context.tsx';
import { nameOfSign } from '../context/groups.ts';
import { Icon } from './icons.tsx';

/** As many names as there is room for. */
const MOST_NAMES = 3;

/** Under the box: what is wrong, or how much is missing; then the signs that look like others, by name. Its place is always the same. */
export function EntryMessage({ screen }: { readonly screen: ScreenOf<'entry'> }) {
  const { t, plain } = usePageContext();
  const { text, least, most, charset, prefix, problem, similar, scanned, usedByFamily } = screen;
  const length = [...text].length;
  const missing = Math.max(0, least - length);
  const names = [...similar].slice(0, MOST_NAMES).map((sign) => {
    const key = nameOfSign(sign);
    return key === null ? sign : plain(key);
  });
  const wrong = problem !== null;
  const caution = wrong || usedByFamily;
  return (
    <div className={caution ? 'entry-message wrong' : 'entry-message'} data-problem={problem ?? undefined}>
      <p role={caution ? 'alert' : 'status'}>
        <Icon name={caution ? 'caution' : missing > 0 ? 'info' : 'ok'} />
        <span>
          {wrong ? <strong>{t(`entry.problem.${problem}`)} </strong> : null}
          {!wrong && usedByFamily ? <strong>{t('entry.usedByFamily')} </strong> : null}
          {!wrong && !usedByFamily && scanned ? <>{t('entry.scanned')} </> : null}
          {missing > 0
            ? t(charset === 'digits' ? 'entry.missingDigits' : 'entry.missing', { count: missing })
            : wrong || usedByFamily
              ? null
              : length < most
                ? t('entry.enoughMore', { count: most - length })
                : t('entry.enough')}
          {length === 0 && prefix !== '' ? <> {t('entry.prefix', { prefix })}</> : null}
        </span>
      </p>
      {names.length === 0 ? null : <p className="alike">{t('entry.similar', { names: names.join(' ') })}</p>}
    </div>
  );
}
