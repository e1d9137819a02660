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
  session.on('select-hid-device', (event) => event.preventDefault());
  session.on('select-serial-port', (event) => event.preventDefault());
  session.on('select-usb-device', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    const cancel = !url.startsWith(`${ORIGIN}/`);
    if (cancel) log('host.refused', { reason: 'request' });
    decide({ cancel });
  });
}
