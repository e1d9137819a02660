import type { ReactNode } from 'react';
import type { Intent } from '../../main/contract/page-protocol.ts';
import { usePageContext } from '../context/context.tsx';
import { usePress } from '../context/use-press.ts';
import { Icon, type IconName } from './icons.tsx';

type Edit = Extract<Intent, { type: 'pin-edit' }>['edit'];

/** Keeps the keyboard's focus where it is: a ten-key user's Enter must mean OK, not the key that was touched last. */
const keepFocus = { onMouseDown: (event: { preventDefault(): void }) => event.preventDefault() };

function Key({ position, digit, name }: { readonly position: number; readonly digit: number; readonly name: string }) {
  const { intend, step } = usePageContext();
  const handlers = usePress(() => intend({ type: 'pin-key', step, position }), true);
  return (
    <button type="button" className="key" data-position={position} aria-label={name} {...keepFocus} {...handlers}>
      {digit}
    </button>
  );
}

interface EditKeyProps {
  readonly edit: Edit;
  readonly icon: IconName;
  readonly off?: boolean;
  readonly children: ReactNode;
}

function EditKey({ edit, icon, off = false, children }: EditKeyProps) {
  const { intend, step } = usePageContext();
  const handlers = usePress(() => {
    if (!off) intend({ type: 'pin-edit', step, edit });
  }, true);
  const place = edit === 'unshuffle' ? 'shuffle' : edit;
  return (
    <button
      type="button"
      className={`key edit at-${place} ${edit === 'ok' ? 'primary' : ''}`}
      data-edit={edit}
      data-primary={edit === 'ok' ? '' : undefined}
      aria-disabled={off}
      {...keepFocus}
      {...handlers}
    >
      <Icon name={icon} />
      <span className="label">{children}</span>
    </button>
  );
}

interface PinPadProps {
  /** Digit drawn at each position; nine in telephone order, the last below in the middle. */
  readonly layout: readonly number[];
  readonly digits: number;
  readonly shuffled: boolean;
}

/** The PIN pad. It knows which digit is drawn where, and how many are in; which were pressed it neither keeps nor shows. */
export function PinPad({ layout, digits, shuffled }: PinPadProps) {
  const { t, plain } = usePageContext();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid with named areas in every engine
    <div className="pad" role="group" aria-label={plain('pin.pad')}>
      {layout.map((digit, position) => (
        <Key key={digit} position={position} digit={digit} name={plain('pin.key', { digit })} />
      ))}
      <EditKey edit="clear" icon="close" off={digits === 0}>
        {t('pin.clear')}
      </EditKey>
      <EditKey edit="back" icon="erase" off={digits === 0}>
        {t('pin.back')}
      </EditKey>
      <EditKey edit="ok" icon="check" off={digits < 4}>
        {t('pin.ok')}
      </EditKey>
      <EditKey edit={shuffled ? 'unshuffle' : 'shuffle'} icon="shuffle">
        {t(shuffled ? 'pin.unshuffle' : 'pin.shuffle')}
      </EditKey>
    </div>
  );
}

/** Four places, filled or not. */
export function PinDots({ digits }: { readonly digits: number }) {
  const { plain } = usePageContext();
  return (
    <div className="dots">
      <span className="visually-hidden" aria-live="polite">
        {plain('pin.entered', { count: digits })}
      </span>
      {[0, 1, 2, 3].map((place) => (
        <span key={place} className={place < digits ? 'dot in' : 'dot'} aria-hidden="true" />
      ))}
    </div>
  );
}
