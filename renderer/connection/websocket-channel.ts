import type { Channel, ChannelEvents, OpenChannel } from './channel.ts';

/** The node host's subprotocol (main/hosts/node/page-server.ts); the page's half travels as a second one. */
const SUBPROTOCOL = 'madoguchi.1';

/** Close code of a WebSocket whose visit is over (main/hosts/node/anew.ts). */
const VISIT_OVER = 4001;

/**
 * The node host's WebSocket `/port`, on the page's own host.
 * @param half what the page was given beside the cookie (page-half.ts); empty: nothing
 * @param onVisitOver the visit that this document belongs to is over: nothing comes any more. With a ticket for the next document
 */
export function openWebSocket(host: string, half: string, onVisitOver: (ticket: string) => void): OpenChannel {
  return (events) => {
    const socket = new WebSocket(`ws://${host}/port`, [SUBPROTOCOL, `half.${half}`]);
    return channelOn(socket, events, onVisitOver);
  };
}

/** The staff server's subprotocol (main/hosts/node/staff-server.ts). */
const STAFF_SUBPROTOCOL = 'madoguchi-staff.1';

/** The staff server's WebSocket `/staff-port`. @param half the page's half of the device's key */
export function openStaffWebSocket(host: string, half: string): OpenChannel {
  return (events) => channelOn(new WebSocket(`ws://${host}/staff-port`, [STAFF_SUBPROTOCOL, `half.${half}`]), events);
}

function channelOn(socket: WebSocket, events: ChannelEvents, onVisitOver?: (ticket: string) => void): Channel {
  let ended = false;
  socket.onopen = () => {
    if (!ended) events.open();
  };
  socket.onmessage = (event: MessageEvent<unknown>) => {
    if (!ended && typeof event.data === 'string') events.message(event.data);
  };
  socket.onclose = ({ code, reason }) => {
    if (ended) return;
    ended = true;
    // The last screen stays until the next document paints.
    if (code === VISIT_OVER && onVisitOver !== undefined) onVisitOver(reason);
    else events.close();
  };
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => {
      ended = true;
      socket.close();
    },
  };
}
