import { useMemo } from 'react';
import type { Intent, Snapshot } from '../../main/contract/port.ts';
import { KitProvider, useKit } from '../kit/kit.tsx';
import { useKeys } from '../kit/use-keys.ts';
import { ScreenView } from '../screens/screen-view.tsx';
import { Header } from './header.tsx';
import { ReadingTools } from './reading-tools.tsx';
import { StaffButton } from './staff-button.tsx';
import { useActivity } from './use-activity.ts';
import { useScreenChange } from './use-screen-change.ts';
import { Warning } from './warning.tsx';

interface FrameProps {
  readonly snapshot: Snapshot;
  /** The host answers; without it there is nothing to press. */
  readonly connected: boolean;
  readonly intend: (intent: Intent) => void;
}

/** One snapshot, drawn: what is the same on every screen, the screen itself, and the question over it. */
export function Frame({ snapshot, connected, intend }: FrameProps) {
  const { prefs, step, warning, screen, environment } = snapshot;
  const kit = useMemo(
    () => ({ language: prefs.language, ruby: prefs.ruby, step, intend }),
    [prefs.language, prefs.ruby, step, intend],
  );
  useScreenChange(step, prefs.language, warning !== null);
  useActivity(warning !== null, intend);
  useKeys(snapshot, intend);
  return (
    <KitProvider value={kit}>
      <div
        className="kiosk"
        data-text-size={prefs.textSize}
        data-contrast={prefs.contrast}
        data-height={prefs.height}
        data-ruby={prefs.ruby && prefs.language === 'ja'}
        data-environment={environment}
        inert={warning !== null}
      >
        {environment === 'sandbox' ? <Ribbon /> : null}
        <Header snapshot={snapshot} />
        {connected ? <ReadingTools snapshot={snapshot} /> : null}
        <ScreenView screen={screen} />
        {connected ? <StaffButton called={snapshot.staffCalled} /> : null}
      </div>
      {warning === null ? null : (
        <div className="over" data-text-size={prefs.textSize} data-contrast={prefs.contrast} data-height={prefs.height}>
          <Warning warning={warning} />
        </div>
      )}
    </KitProvider>
  );
}

/** Says on every screen that this is no real procedure. */
function Ribbon() {
  const { t } = useKit();
  return (
    <p className="ribbon">
      <span>{t('frame.sandbox')}</span>
    </p>
  );
}
