import { createRequire } from 'node:module';

/**
 * Tells systemd how the service is (sd_notify(3)). Node has no Unix datagram sockets, and a child such as systemd-notify would be another
 * process than the main one, which is the only one that systemd believes.
 * @param state assignments, one a line, such as `READY=1`; at most 255 bytes
 * @returns whether it was handed over. Never waits, never throws: a full or missing socket is not the service's end.
 */
export type Notify = (state: string) => boolean;

interface Binding {
  send(address: string, text: string): number;
}

/**
 * @param address the value of `NOTIFY_SOCKET`: a path, or `@` and the name of an abstract socket
 * @returns null when the addon was not built, or is not for this system
 */
export function openNotify(address: string): Notify | null {
  let binding: Binding;
  try {
    binding = createRequire(import.meta.url)('./build/Release/systemd_notify.node') as Binding;
  } catch {
    return null;
  }
  return (state) => binding.send(address, state) === 0;
}
