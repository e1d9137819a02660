import { formatReceipt } from '../../main/contract/receipt.ts';
import { unreachable } from '../../main/contract/result.ts';
import type { SlipState } from '../../main/contract/screens.ts';
import { usePageContext } from '../context/context.tsx';
import { QrCode } from '../pictures/qr-code.tsx';
import { PressButton } from './buttons.tsx';
import { Icon } from './icons.tsx';

interface SlipLineProps {
  readonly slip: SlipState;
  /** Where there is one: what could not be printed is shown, as a number and as the code that the slip would have had. */
  readonly receipt?: string;
}

/** The button that prints, or what became of it: in the same place in every state. */
export function SlipLine({ slip, receipt }: SlipLineProps) {
  const { t, plain } = usePageContext();
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
        <div className={receipt === undefined ? 'slip-state failed' : 'slip-state failed with-code'} role="alert">
          {receipt === undefined ? <Icon name="caution" /> : <QrCode text={`MADO1R:${receipt}`} label={plain('printing.code')} />}
          <p className="words">
            <span>{t(`printing.failed.${slip.reason}`)}</span>
            {receipt === undefined ? null : <strong className="number">{formatReceipt(receipt)}</strong>}
          </p>
          {slip.reason === 'no-printer' ? null : <PressButton button="print">{t('printing.again')}</PressButton>}
        </div>
      );
    default:
      return unreachable(slip);
  }
}
