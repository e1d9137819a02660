import type { Settings } from '../../contract/config.ts';
import { err, ok, type Result, unreachable } from '../../contract/result.ts';
import type { Clock, Printer } from '../ports.ts';
import { createCupsPrinter } from './cups/printer.ts';
import { createEscposPrinter, openDevice } from './escpos/printer.ts';
import { createHttpPrinter } from './http-printer.ts';
import { rolls } from './layout/paper.ts';
import { noPrinter } from './once.ts';

/**
 * The printer that the settings name. Nothing is opened yet: a printer may be switched on later.
 * @returns sentences, when what a driver needs is missing (the settings are checked before, with the file's name)
 */
export function printerFor(settings: Settings['printer'], clock: Clock): Result<Printer, string[]> {
  const { driver, url, device, queue, paperMm, kanji } = settings;
  switch (driver) {
    case 'none':
      return ok(noPrinter);
    case 'sandbox':
      return url === undefined ? err(['printer.url: missing']) : ok(createHttpPrinter(url));
    case 'escpos': {
      const open = device === undefined ? null : openDevice(device, clock);
      if (open === null) return err(['printer.device: must be a device file, or tcp://HOST:PORT']);
      return ok(createEscposPrinter({ open, clock, paper: rolls[paperMm], kanji }));
    }
    case 'cups':
      return queue === undefined ? err(['printer.queue: missing']) : ok(createCupsPrinter({ queue, clock }));
    default:
      return unreachable(driver);
  }
}
