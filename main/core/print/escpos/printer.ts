import { err, ok, type Result } from '../../../contract/result.ts';
import type { PrintFailure } from '../../../contract/slip.ts';
import type { Clock, Printer } from '../../ports.ts';
import { printOnce, type Tell } from '../print-once.ts';
import { deviceLink } from './device-link.ts';
import type { OpenLink } from './link.ts';
import { readDevice } from './read-device.ts';
import { type SetLine, setSerialLine } from './serial-line.ts';
import { createEscposSession, ESCPOS_TIMES, type EscposSession, type EscposTimes } from './session.ts';
import { tcpLink } from './tcp-link.ts';
import { type EscposForm, writeSlip } from './write-slip.ts';

export { ESCPOS_TIMES, setSerialLine };

/** @param setLine how a serial line is set up @returns `null`: `device` is no address */
export function openDevice(
  device: string,
  clock: Clock,
  times: EscposTimes = ESCPOS_TIMES,
  setLine: SetLine = setSerialLine({}),
): OpenLink | null {
  const read = readDevice(device);
  if (read === null) return null;
  return 'path' in read ? deviceLink(read.path, clock, setLine) : tcpLink(read.host, read.port, clock, times.connectMs);
}

export interface EscposDeps extends EscposForm {
  readonly open: OpenLink;
  readonly clock: Clock;
  readonly times?: EscposTimes;
}

/** A receipt printer by its own commands. The link is opened for one slip or one question, and closed after it. */
export function createEscposPrinter({ open, clock, times = ESCPOS_TIMES, ...form }: EscposDeps): Printer {
  const talking = async (
    work: (talk: EscposSession) => Promise<PrintFailure | null>,
    { paperLow }: Pick<Tell, 'paperLow'>,
  ): Promise<Result<null, PrintFailure>> => {
    const link = await open();
    if (!link.ok) return link;
    const failure = await work(createEscposSession(link.value, clock, times, paperLow));
    link.value.close();
    return failure === null ? ok(null) : err(failure);
  };
  return printOnce({
    check: (tell) => talking((talk) => talk.status(), tell),
    print: (slip, tell) => {
      const stream = writeSlip(slip, form);
      return talking(async (talk) => {
        const trouble = await talk.status();
        if (trouble !== null) return trouble;
        tell.began();
        return talk.send(stream);
      }, tell);
    },
  });
}
