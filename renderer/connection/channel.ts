/** One attempt at a connection to the host. Carries text only. */
export interface Channel {
  send(text: string): void;
  /** Ends it from this side; no event follows. */
  close(): void;
}

export interface ChannelEvents {
  /** Sending is possible from now on. */
  open(): void;
  message(text: string): void;
  /** Once, also when the channel never opened. */
  close(): void;
}

/** Begins a connection. Events come later, or (bridge only) during the call. */
export type OpenChannel = (events: ChannelEvents) => Channel;
