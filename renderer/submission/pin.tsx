import type { ScreenOf } from '../../main/contract/screens.ts';
import { Icon } from '../components/icons.tsx';
import { Page } from '../components/page.tsx';
import { PinDots, PinPad } from '../components/pin-pad.tsx';
import { usePageContext } from '../context/context.tsx';
import './pin.css';

/** The PIN, last of all. The page sends positions and shows how many are in; it never holds a digit that was meant. */
export function Pin({ screen: { digits, triesLeft, wrong, shuffled, layout } }: { readonly screen: ScreenOf<'pin'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="pin"
      progress="pin"
      layout="keypad"
      title={t('pin.title')}
      back
      out="stop"
      actions={
        <>
          <PinDots digits={digits} />
          <PinPad layout={layout} digits={digits} shuffled={shuffled} />
        </>
      }
    >
      <p className={wrong ? 'tries wrong' : 'tries'} role={wrong ? 'alert' : undefined}>
        <Icon name={wrong ? 'caution' : 'info'} />
        <span>
          {wrong ? <strong>{t('pin.wrong')}</strong> : null}
          {wrong ? ' ' : null}
          {t(wrong ? 'pin.triesNow' : 'pin.triesLeft', { count: triesLeft })}
        </span>
      </p>
      <p>{t('pin.text')}</p>
    </Page>
  );
}
