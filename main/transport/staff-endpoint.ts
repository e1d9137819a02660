import type { Log } from '../contract/log-events.ts';
import type { CoreStaffMessage, StaffMessage } from '../contract/staff.ts';
import { onGuarded } from './message-guard.ts';
import type { Port } from './message-port.ts';
import { staffProtocol } from './protocols.ts';
import { systemTimers, type Timers } from './timers.ts';

/** The staff's hub as one connection sees it. */
export interface StaffHubView {
  /** @param drop ends the connection */
  connect(send: (message: CoreStaffMessage) => void, drop: () => void): { receive(message: StaffMessage): void; close(): void };
}

/** Binds the staff's hub to one Port until the Port closes, which also closes a console that was open on it. */
export function serveStaff(port: Port, hub: StaffHubView, log: Log, timers: Timers = systemTimers): void {
  const connection = hub.connect((message) => void port.send(JSON.stringify(message)), port.close);
  onGuarded(port, staffProtocol, { log, timers }, (message) => connection.receive(message));
  port.onClose(() => connection.close());
}
