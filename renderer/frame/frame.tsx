import { type CSSProperties, useMemo } from 'react';
import type { CameraNames, CameraReport } from '../../main/contract/camera.ts';
import { traitsOf } from '../../main/contract/languages.ts';
import type { Intent, Snapshot } from '../../main/contract/page-protocol.ts';
import { PageContextProvider, usePageContext } from '../context/context.tsx';
import { useKeys } from '../context/use-keys.ts';
import { ScreenView } from '../journeys/screen-view.tsx';
import { Header } from './header.tsx';
import { ReadingTools } from './reading-tools.tsx';
import { StaffButton } from './staff-button.tsx';
import { useActivity } from './use-activity.ts';
import { useScreenChange } from './use-screen-change.ts';
import { Warning } from './warning.tsx';

/** None is named. */
const NO_CAMERAS: CameraNames = { codes: null, face: null };

interface FrameProps {
  readonly snapshot: Snapshot;
  /** The host answers; without it there is nothing to press. */
  readonly connected: boolean;
  readonly intend: (intent: Intent) => void;
  /** How a camera of this page does. */
  readonly report: (report: CameraReport) => void;
}

/**
 * One snapshot, drawn: what is the same on every screen, the screen itself, and the question over it.
 *
 * Attributes that tests and the keyboard (context/use-keys.ts) go by; the words on a screen may change, these do not:
 * - `data-screen="NAME"` and `data-step="N"` on `main`, once in the document: the snapshot's screen and step
 * - `data-button="ID"` on every button that sends a press; ID is one of the contract's `Button`
 * - `data-choice="N"` on numbered choices, from 1; `data-primary` on the one button that Enter presses
 * - `data-position="N"` on the keys of the PIN pad, 0 to 9; `data-edit="back|clear|ok|shuffle|unshuffle"` on its other keys
 * - `data-key="5"` on the keys of a keyboard (what `type` sends), `data-edit="back|clear|ok"` on its other keys, `data-cases` on the one
 *   that changes between capitals and small letters; `data-typed` on the box with what was typed; `data-problem` on the words under it
 * - `data-choose="ID"` on the lines of a list (and on the chips of purposes); `data-find="category-qr|row-サ|charge|purchase|minors|no-phone"`
 *   on the finder's chips; `data-camera="starting|running|black|missing|denied|busy|failed|stopped"` on the viewfinder
 * - `data-page="previous|next"` where the reading matter takes several pages; `data-read-on` on the primary button that shows the next
 *   page as long as the last has not been seen (read-back): `data-button="confirm"` takes its place then
 * - `data-pref="language-ja|textSize-2|contrast|height|ruby"` on the reading tools; `data-call-staff` with `data-called="true|false"`
 * - `data-act="shutter|timer|stop-timer"` on the camera's own buttons; `.photo-view` has `data-camera` too, and `data-hints`; `data-shot="N"` with
 *   `data-shot-state="waiting|shown|gone"` on a photo; `data-hint` on a hint; `data-ending="@gmail.com"` on an address's one-touch endings
 * - `data-scan-note="not-needed"` on the words that a scanned code was of no use here
 * - `data-extend` on the answer to "are you still there?", which is missing when the time cannot be extended
 * - on `.kiosk`: `data-text-size`, `data-contrast`, `data-height`, `data-ruby`, `data-environment`, and `data-settling` for the moment
 *   after a change of screen in which touches do not count
 *
 * A change of screen is told by moving the focus to its heading (use-screen-change.ts); what changes within a screen (slip, line,
 * staff, wrong PIN, digits, page) is in a live region of its own.
 */
export function Frame({ snapshot, connected, intend, report }: FrameProps) {
  const { prefs, step, warning, screen, environment } = snapshot;
  const cameras = snapshot.cameras ?? NO_CAMERAS;
  const context = useMemo(
    () => ({ language: prefs.language, ruby: prefs.ruby, step, intend, cameras, report }),
    [prefs.language, prefs.ruby, step, intend, cameras, report],
  );
  const panel = panelStyle(snapshot.panel);
  useScreenChange(snapshot, connected);
  useActivity(warning !== null, intend);
  useKeys(snapshot, intend);
  return (
    <PageContextProvider value={context}>
      <div
        className="kiosk"
        style={panel}
        data-text-size={prefs.textSize}
        data-contrast={prefs.contrast}
        data-height={prefs.height}
        data-ruby={prefs.ruby && traitsOf(prefs.language).readings}
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
        <div
          className="overlay"
          style={panel}
          data-text-size={prefs.textSize}
          data-contrast={prefs.contrast}
          data-height={prefs.height}
        >
          <Warning warning={warning} />
        </div>
      )}
    </PageContextProvider>
  );
}

/** Tells the styles how large the panel is; they make a millimetre of it (styles/tokens.css). */
function panelStyle(panel: Snapshot['panel']): CSSProperties | undefined {
  if (panel === undefined) return undefined;
  return { '--panel-width': panel.widthMm, '--panel-height': panel.heightMm } as CSSProperties;
}

/** Says on every screen that this is no real procedure. */
function Ribbon() {
  const { t } = usePageContext();
  return (
    <p className="ribbon">
      <span>{t('frame.sandbox')}</span>
    </p>
  );
}
