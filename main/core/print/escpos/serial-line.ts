import { execFile } from 'node:child_process';

/** Bits a second that receipt printers are sold with. */
type Baud = 9600 | 19200 | 38400 | 57600 | 115200;

/** Who says that the printer's buffer is full: nobody, the printer in its data (XON/XOFF), or a wire (RTS/CTS). */
type Flow = 'none' | 'xon-xoff' | 'rts-cts';
type Parity = 'none' | 'even' | 'odd';

/** As the printer's switches say. Always 8 data bits: Japanese and pictures need them all. */
export interface LineForm {
  /** Left out: the line's own speed stays. */
  readonly baud?: Baud | undefined;
  readonly flow?: Flow | undefined;
  readonly parity?: Parity | undefined;
  readonly stopBits?: 1 | 2 | undefined;
}

const FLOW: Record<Flow, readonly string[]> = {
  none: ['-ixon', '-crtscts'],
  // The printer stops us; we never stop the printer, whose answers are single bytes.
  'xon-xoff': ['ixon', '-ixany', '-ixoff', '-crtscts'],
  'rts-cts': ['-ixon', 'crtscts'],
};
const PARITY: Record<Parity, readonly string[]> = {
  none: ['-parenb'],
  even: ['parenb', '-parodd'],
  odd: ['parenb', 'parodd'],
};

/** Sets the serial line behind a device file. @returns whether every setting holds */
export type SetLine = (path: string) => Promise<boolean>;

const STTY_MS = 3000;

/**
 * A line as a printer needs it, by the system's own `stty`: bytes pass as they are, and nothing that the printer says is echoed back to it. A line that is left as
 * the system makes it (cooked) waits for line ends, changes them, and sends every answer back as `^R`. No modem signals are waited for, and the
 * printer is not reset each time the device is closed.
 */
export function setSerialLine({ baud, flow = 'none', parity = 'none', stopBits = 1 }: LineForm): SetLine {
  const form = [...FLOW[flow], ...PARITY[parity], stopBits === 2 ? 'cstopb' : '-cstopb'];
  const modes = ['raw', '-echo', '-echoe', '-echok', '-echoctl', '-echoke', '-iexten', 'cs8', 'clocal', 'cread', '-hupcl'];
  return (path) =>
    new Promise((resolve) => {
      const speed = baud === undefined ? [] : [String(baud)];
      const how = { env: { PATH: process.env.PATH, LC_ALL: 'C' }, timeout: STTY_MS, killSignal: 'SIGKILL' as const };
      execFile('stty', ['-F', path, ...speed, ...modes, ...form], how, (error) => resolve(error === null));
    });
}
