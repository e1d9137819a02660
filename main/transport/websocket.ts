import type { WebSocket } from 'ws';
import { createListeners } from '../contract/listeners.ts';
import { BACKLOG_DROP, BACKLOG_SLOW, type Port } from './message-port.ts';

/** An open `ws` WebSocket (text messages only) as a Port. Set `maxPayload: MAX_PAGE_FRAME` on its server. */
export function websocketPort(socket: WebSocket): Port {
  const message = createListeners<[string]>();
  const drain = createListeners<[]>();
  const closed = createListeners<[]>();
  let slow = false;

  socket.on('message', (data, isBinary) => {
    // After `close` a socket still hears its other end until that has answered.
    if (socket.readyState !== socket.OPEN) return;
    if (isBinary) socket.close(1003);
    else message.emit(data.toString());
  });
  // Oversized or broken frames end as 'close'; without a listener they would end the process.
  socket.on('error', () => {});
  socket.once('close', () => closed.emit());
  const sent = () => {
    if (!slow || socket.bufferedAmount > BACKLOG_SLOW) return;
    slow = false;
    drain.emit();
  };

  return {
    send(text) {
      if (socket.readyState !== socket.OPEN) return true;
      if (socket.bufferedAmount > BACKLOG_DROP) {
        socket.terminate();
        return true;
      }
      socket.send(text, sent);
      slow = slow || socket.bufferedAmount > BACKLOG_SLOW;
      return !slow;
    },
    onMessage: message.add,
    onClose: closed.add,
    onDrain: drain.add,
    close: () => socket.close(),
  };
}
