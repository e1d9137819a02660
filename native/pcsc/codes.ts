/**
 * PC/SC numbers (PC/SC Workgroup part 5; the same in pcsc-lite, macOS and WinSCard), as unsigned 32-bit integers.
 * The return codes that somebody acts on, by their names without `SCARD_`.
 */
export const Code = {
  success: 0,
  cancelled: 0x80100002,
  invalidHandle: 0x80100003,
  insufficientBuffer: 0x80100008,
  unknownReader: 0x80100009,
  timeout: 0x8010000a,
  sharingViolation: 0x8010000b,
  noSmartcard: 0x8010000c,
  protocolMismatch: 0x8010000f,
  commError: 0x80100013,
  notTransacted: 0x80100016,
  readerUnavailable: 0x80100017,
  noService: 0x8010001d,
  serviceStopped: 0x8010001e,
  noReadersAvailable: 0x8010002e,
  unsupportedCard: 0x80100065,
  unresponsiveCard: 0x80100066,
  unpoweredCard: 0x80100067,
  resetCard: 0x80100068,
  removedCard: 0x80100069,
  securityViolation: 0x8010006a,
} as const;

/** Bits of a reader's state. The upper 16 bits count the cards that came and went. */
export const State = {
  unaware: 0x0000,
  ignore: 0x0001,
  changed: 0x0002,
  unknown: 0x0004,
  unavailable: 0x0008,
  empty: 0x0010,
  present: 0x0020,
  exclusive: 0x0080,
  inUse: 0x0100,
  mute: 0x0200,
} as const;

export const Share = { exclusive: 1, shared: 2, direct: 3 } as const;
export const Protocol = { t0: 1, t1: 2 } as const;
export const Disposition = { leave: 0, reset: 1, unpower: 2, eject: 3 } as const;

/** The reader that is no reader: its state changes when readers come and go. */
export const PNP_NOTIFICATION = '\\\\?PnP?\\Notification';
