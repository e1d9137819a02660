import type { Session } from 'electron';
import type { Log } from '../../contract/log-events.ts';
import { ORIGIN } from './address.ts';

/**
 * Refuses everything a session could be asked for. Set on the page's own session: handlers on the default one would guard nothing.
 * A photo journey will need the camera; nothing does yet.
 */
export function lockSession(session: Session, log: Log): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => {
    log('host.refused', { reason: 'permission' });
    decide(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, decide) => decide({ confirmed: false }));
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses);
  session.setCertificateVerifyProc((_request, decide) => decide(-2));
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => {
    event.preventDefault();
    log('host.refused', { reason: 'download' });
  });
  for (const asked of ['select-hid-device', 'select-serial-port', 'select-usb-device'] as const) {
    // biome-ignore lint/suspicious/noExplicitAny: the three events differ only in parameters that are not looked at
    session.on(asked as any, (event: Electron.Event) => event.preventDefault());
  }
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    const cancel = !url.startsWith(`${ORIGIN}/`);
    if (cancel) log('host.refused', { reason: 'request' });
    decide({ cancel });
  });
}
