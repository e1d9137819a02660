import type { WebContents } from 'electron';
import type { Log } from '../../contract/log-events.ts';
import { isKeyAllowed } from './keys.ts';
import { isAddress } from './sender.ts';

/**
 * Refuses every way out of the one page, for any contents this process may ever make (SOURCES.md, Electron: ways out of a
 * page).
 */
export function lockContents(contents: WebContents, log: Log): void {
  const refuse = (event: { preventDefault(): void }, reason: string) => {
    event.preventDefault();
    log('host.refused', { reason });
  };
  contents.setWindowOpenHandler(() => {
    log('host.refused', { reason: 'window' });
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    // A reload is a navigation to where we are.
    if (!isAddress(event.url)) refuse(event, 'navigation');
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isAddress(event.url)) refuse(event, 'navigation');
  });
  contents.on('will-redirect', (event) => refuse(event, 'redirect'));
  contents.on('will-attach-webview', (event) => refuse(event, 'webview'));
  contents.on('will-prevent-unload', (event) => event.preventDefault());
  contents.on('before-input-event', (event, input) => {
    if (!isKeyAllowed(input)) event.preventDefault();
  });
  contents.on('context-menu', (event) => event.preventDefault());
  contents.on('devtools-opened', () => contents.closeDevTools());
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault();
    choose('');
  });
  contents.on('login', (event) => event.preventDefault());
  contents.on('certificate-error', (event, _url, _error, _certificate, decide) => {
    event.preventDefault();
    decide(false);
  });
  contents.on('select-client-certificate', (event) => event.preventDefault());
  const steady = () => {
    contents.setZoomLevel(0);
    void contents.setVisualZoomLevelLimits(1, 1).catch(() => {});
  };
  contents.on('zoom-changed', steady);
  contents.on('did-finish-load', steady);
}
