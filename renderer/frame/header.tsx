import { inLanguage } from '../../main/contract/languages.ts';
import type { Snapshot } from '../../main/contract/page-protocol.ts';
import { Icon } from '../components/icons.tsx';
import { usePageContext } from '../context/context.tsx';

/** Where this is, and whether the line is up; for a moment over it, that a scan was of no use. Nothing in here is pressed. */
export function Header({ snapshot }: { readonly snapshot: Snapshot }) {
  const { t, language } = usePageContext();
  const { terminal, line, staffCalled, scanNote } = snapshot;
  return (
    <header className="head">
      <span className="place">
        <svg className="sign" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
          <rect x="2" y="2" width="36" height="36" rx="8" />
          <path d="M10 30V14a10 10 0 0 1 20 0v16M7 30h26M20 20v4" />
        </svg>
        {inLanguage(terminal.name, language)}
      </span>
      <span className="states" aria-live="polite">
        {staffCalled ? (
          <span className="state called">
            <Icon name="bell" />
            <span>{t('frame.staffCalled')}</span>
          </span>
        ) : null}
        <span className={`state ${line}`}>
          <Icon name={line} />
          <span>{t(line === 'online' ? 'frame.online' : 'frame.offline')}</span>
        </span>
      </span>
      <div className="scan-note" role="status">
        {scanNote === undefined ? null : (
          <p data-scan-note={scanNote}>
            <Icon name="info" />
            <span>{t('frame.scanNotNeeded')}</span>
          </p>
        )}
      </div>
    </header>
  );
}
