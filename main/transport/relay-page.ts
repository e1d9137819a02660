import type { Port } from './message-port.ts';
import { type PacedPort, pacePort } from './paced-port.ts';

/** One page of a host, as the relay keeps it. */
export interface RelayPage {
  readonly port: Port;
  readonly paced: PacedPort;
  /** It has said hello: from then on it is shown what is on the screen. */
  greeted: boolean;
  /** The picture it waits for. */
  wants: number | null;
}

export const relayPage = (port: Port): RelayPage => ({ port, paced: pacePort(port), greeted: false, wants: null });

/**
 * A picture goes only to who asked for it. One that reads too slowly asks again when it has caught up: by then there may be none any more.
 * @param ask asks the core for that picture
 */
export function deliverPicture(page: RelayPage, shot: number, message: string, ask: (shot: number) => void): void {
  if (page.wants !== shot) return;
  if (page.paced.send(message)) {
    page.wants = null;
    return;
  }
  page.paced.sendNewest('picture', () => {
    if (page.wants !== null) ask(page.wants);
    return null;
  });
}
