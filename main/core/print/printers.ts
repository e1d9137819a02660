import type { Settings } from '../../contract/config.ts';
import { err, ok, type Result, unreachable } from '../../contract/result.ts';
import type { Clock, Printer } from '../ports.ts';
import { rolls } from './layout/paper.ts';
import { noPrinter } from './print-once.ts';

/**
 * The printer that the settings name. Nothing is opened yet: a printer may be switched on later. Only its own driver is loaded: fonts, drawing and PDF
 * would cost every start half a second.
 * @returns sentences, when what a driver needs is missing (the settings are checked before, with the file's name)
 */
export async function printerFor(settings: Settings['printer'], clock: Clock): Promise<Result<Printer, string[]>> {
  const { driver, url, device, queue, paperMm, kanji, qr } = settings;
  switch (driver) {
    case 'none':
      return ok(noPrinter);
    case 'sandbox': {
      if (url === undefined) return err(['printer.url: missing']);
      const { createHttpPrinter } = await import('./http-printer.ts');
      return ok(createHttpPrinter(url));
    }
    case 'escpos': {
      const { createEscposPrinter, ESCPOS_TIMES, openDevice, setSerialLine } = await import('./escpos/printer.ts');
      const setLine = setSerialLine(settings);
      const open = device === undefined ? null : openDevice(device, clock, ESCPOS_TIMES, setLine);
      if (open === null) return err(['printer.device: must be a device file, or tcp://HOST:PORT']);
      return ok(createEscposPrinter({ open, clock, paper: rolls[paperMm], kanji, qr }));
    }
    case 'cups': {
      if (queue === undefined) return err(['printer.queue: missing']);
      const { createCupsPrinter } = await import('./cups/printer.ts');
      return ok(createCupsPrinter({ queue, clock }));
    }
    default:
      return unreachable(driver);
  }
}
