import { ADDRESS, ORIGIN } from './address.ts';

/** The part of Electron's IPC event that says who sent it. */
export interface SenderEvent {
  readonly sender: { readonly id: number };
  /** null: the frame was gone before anyone could look. */
  readonly senderFrame: { readonly url: string; readonly origin: string; readonly parent: unknown } | null;
}

/** Did the top frame of this very window send it, from our address? (SOURCES.md, Electron: ways out of a page) */
export function isFromPage(event: SenderEvent, contentsId: number): boolean {
  if (event.sender.id !== contentsId) return false;
  try {
    const frame = event.senderFrame;
    return frame !== null && frame.parent === null && frame.origin === ORIGIN && isAddress(frame.url);
  } catch {
    // Electron throws when a frame is disposed of between two reads.
    return false;
  }
}

/** Our address, with or without a fragment. */
export function isAddress(url: string): boolean {
  return url.split('#')[0] === ADDRESS;
}
