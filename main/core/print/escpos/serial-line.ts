import { execFile } from 'node:child_process';

/** Bits a second that receipt printers are sold with. */
export type Baud = 9600 | 19200 | 38400 | 57600 | 115200;

/** Sets the serial line behind a device file. @returns whether every setting holds */
export type SetLine = (path: string) => Promise<boolean>;

const STTY_MS = 3000;

/**
 * A line as a printer needs it, by the system's own `stty`: bytes pass as they are, and nothing that the printer says is echoed back to it. A line that is left as
 * the system makes it (cooked) waits for line ends, changes them, and sends every answer back as `^R`. No modem signals are waited for, and the
 * printer is not reset each time the device is closed.
 * @param baud `null`: the line's own speed stays
 */
export function setSerialLine(baud: Baud | null): SetLine {
  const modes = ['raw', '-echo', '-echoe', '-echok', '-echoctl', '-echoke', '-iexten', 'cs8', 'clocal', 'cread', '-hupcl'];
  return (path) =>
    new Promise((resolve) => {
      const speed = baud === null ? [] : [String(baud)];
      const how = { env: { PATH: process.env.PATH, LC_ALL: 'C' }, timeout: STTY_MS, killSignal: 'SIGKILL' as const };
      execFile('stty', ['-F', path, ...speed, ...modes], how, (error) => resolve(error === null));
    });
}
