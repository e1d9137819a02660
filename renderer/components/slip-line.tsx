import { unreachable } from '../../main/contract/result.ts';
import type { SlipState } from '../../main/contract/screens.ts';
import { useKit } from '../kit/kit.tsx';
import { PressButton } from './buttons.tsx';
import { Icon } from './icons.tsx';

/** The button that prints, or what became of it: in the same place in every state. */
export function SlipLine({ slip }: { readonly slip: SlipState }) {
  const { t } = useKit();
  switch (slip.state) {
    case 'none':
      return (
        <PressButton button="print" icon="printer">
          {t('printing.print')}
        </PressButton>
      );
    case 'printing':
    case 'printed':
      return (
        <p className="slip-state" role="status">
          <Icon name={slip.state === 'printing' ? 'clock' : 'paper'} />
          <span>{t(`printing.${slip.state}`)}</span>
        </p>
      );
    case 'failed':
      return (
        <div className="slip-state failed" role="alert">
          <Icon name="caution" />
          <p className="words">{t(`printing.failed.${slip.reason}`)}</p>
          {slip.reason === 'no-printer' ? null : <PressButton button="print">{t('printing.again')}</PressButton>}
        </div>
      );
    default:
      return unreachable(slip);
  }
}
