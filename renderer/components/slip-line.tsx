import type { SlipState } from '../../main/contract/screens.ts';
import { useKit } from '../kit/kit.tsx';
import { PressButton } from './buttons.tsx';
import { Icon } from './icons.tsx';

/** The button that prints, or what became of it. Takes the same room in every state, so that nothing jumps. */
export function SlipLine({ slip }: { readonly slip: SlipState }) {
  const { t } = useKit();
  return (
    <div className="slip">
      {slip.state === 'none' ? (
        <PressButton button="print" icon="printer">
          {t('printing.print')}
        </PressButton>
      ) : null}
      {slip.state === 'printing' || slip.state === 'printed' ? (
        <p className="slip-state">
          <Icon name={slip.state === 'printing' ? 'clock' : 'paper'} />
          <span>{t(`printing.${slip.state}`)}</span>
        </p>
      ) : null}
      {slip.state === 'failed' && slip.reason === 'no-printer' ? (
        <p className="slip-state failed">
          <Icon name="caution" />
          <span>{t('printing.failed.no-printer')}</span>
        </p>
      ) : null}
      {slip.state === 'failed' && slip.reason !== 'no-printer' ? (
        <PressButton button="print" icon="caution" look="trouble">
          <span className="why">{t(`printing.failed.${slip.reason}`)}</span>
          {t('printing.again')}
        </PressButton>
      ) : null}
    </div>
  );
}
