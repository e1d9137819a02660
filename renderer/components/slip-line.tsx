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
      {slip.state === 'failed' ? (
        <>
          <p className="slip-state failed">
            <Icon name="caution" />
            <span>{t(`printing.failed.${slip.reason}`)}</span>
          </p>
          {slip.reason === 'no-printer' ? null : (
            <PressButton button="print" icon="printer">
              {t('printing.again')}
            </PressButton>
          )}
        </>
      ) : null}
    </div>
  );
}
