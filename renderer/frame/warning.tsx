import { useEffect, useRef } from 'react';
import type { Snapshot } from '../../main/contract/page-protocol.ts';
import { Icon } from '../components/icons.tsx';
import { usePageContext } from '../context/context.tsx';
import { usePress } from '../context/use-press.ts';

/** "Are you still there?" A touch anywhere on it says yes. */
export function Warning({ warning }: { readonly warning: NonNullable<Snapshot['warning']> }) {
  const { t, intend } = usePageContext();
  const sheet = useRef<HTMLDivElement>(null);
  const extend = () => intend({ type: 'active' });
  const anywhere = usePress(extend);
  const canExtend = warning.extensionsLeft > 0;
  useEffect(() => {
    sheet.current?.querySelector<HTMLElement>('[data-extend], h2')?.focus({ preventScroll: true });
  }, []);
  return (
    // A finger anywhere counts; keyboards and screen readers have the button.
    <div className="warning" onPointerDown={anywhere.onPointerDown} onPointerUp={anywhere.onPointerUp}>
      <div
        className="dialog"
        ref={sheet}
        role="alertdialog"
        aria-modal="true"
        aria-labelledby="warning-title"
        aria-describedby="warning-text"
      >
        <span className="sign">
          <Icon name="clock" />
        </span>
        <h2 id="warning-title" tabIndex={-1}>
          {t('warning.title')}
        </h2>
        <p className="seconds" role="timer">
          {t('warning.seconds', { seconds: warning.secondsLeft })}
        </p>
        <p id="warning-text">{t('warning.text')}</p>
        {canExtend ? (
          <button
            type="button"
            className="button primary"
            data-extend=""
            onClick={(event) => {
              if (event.detail === 0) extend();
            }}
          >
            <Icon name="next" />
            <span className="label">{t('warning.extend')}</span>
          </button>
        ) : (
          <p>{t('warning.last')}</p>
        )}
      </div>
    </div>
  );
}
