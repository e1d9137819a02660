import type { Socket } from 'node:net';
import { createListeners } from '../contract/listeners.ts';
import { createFrameReader, encodeFrame } from './frames.ts';
import { BACKLOG_DROP, BACKLOG_SLOW, type Port } from './message-port.ts';

/**
 * A connected stream socket as a Port. `maxBytes`: longest frame taken in; a longer one drops the connection.
 * @param onRead after each piece that came: how many frames it completed, and whether one has begun and is not whole
 */
export function socketPort(
  socket: Socket,
  maxBytes: number,
  onRead: (whole: number, unfinished: boolean) => void = () => {},
): Port {
  const message = createListeners<[string]>();
  const drain = createListeners<[]>();
  const closed = createListeners<[]>();
  const read = createFrameReader(maxBytes);
  let slow = false;

  socket.on('data', (chunk) => {
    const texts = read.take(chunk);
    if (texts === null) {
      socket.destroy();
      return;
    }
    onRead(texts.length, read.unfinished);
    for (const text of texts) if (!socket.destroyed) message.emit(text);
  });
  socket.on('drain', () => {
    if (!slow) return;
    slow = false;
    drain.emit();
  });
  // An 'error' is always followed by 'close'; without a listener it would end the process.
  socket.on('error', () => {});
  socket.on('end', () => socket.destroy());
  socket.once('close', () => closed.emit());

  return {
    send(text) {
      if (socket.destroyed) return true;
      socket.write(encodeFrame(text));
      if (socket.writableLength > BACKLOG_DROP) {
        socket.destroy();
        return true;
      }
      slow = slow || socket.writableLength > BACKLOG_SLOW;
      return !slow;
    },
    onMessage: message.add,
    onClose: closed.add,
    onDrain: drain.add,
    close: () => void socket.destroy(),
  };
}
