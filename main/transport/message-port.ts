import { MAX_PAGE_MESSAGE, MAX_PHOTO_MESSAGE } from '../contract/page-protocol.ts';

/**
 * One connection between a page and the core, seen from one end. A message is the JSON text of a `PageMessage` or a
 * `CoreMessage` (main/contract/page-protocol.ts). Whoever receives one parses it; a Port only carries text.
 */
export interface Port {
  /**
   * Sending on a closed Port does nothing.
   * @returns false: the other end reads too slowly. Send nothing that can wait until `onDrain`.
   */
  send(text: string): boolean;
  /** @returns unsubscribe */
  onMessage(listener: (text: string) => void): () => void;
  /** Called once, also when the Port was closed from this end. @returns unsubscribe */
  onClose(listener: () => void): () => void;
  /** Called when sending is welcome again after `send` said false. @returns unsubscribe */
  onDrain(listener: () => void): () => void;
  close(): void;
}

/**
 * Longest text, in bytes, that a transport takes in from a page. Above `MAX_PAGE_MESSAGE` (a picture: `MAX_PHOTO_MESSAGE`)
 * the message is refused and the connection goes on; above this one the connection is dropped, because reading on would mean buffering
 * for a stranger.
 */
export const MAX_PAGE_FRAME = MAX_PHOTO_MESSAGE + 15 * MAX_PAGE_MESSAGE;

/** Bytes waiting for a reader before `send` says false: about one large snapshot. */
export const BACKLOG_SLOW = 256 * 1024;
/** Bytes waiting for a reader before the connection is dropped. */
export const BACKLOG_DROP = 2 * 1024 * 1024;
