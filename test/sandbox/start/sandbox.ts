import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { httpExchange } from '../../../main/core/platform-http/http-exchange.ts';
import { programOf } from '../../support/programs.ts';
import { type Line, startLine } from '../line/line.ts';
import { defaultPkiDir, ensureTestPki, type TestPki } from '../pki/index.ts';
import { type SandboxPrinter, startPrinter } from '../printer/printer.ts';
import { serveProviders } from '../providers/server.ts';
import { type ProviderWorld, startProviders } from '../providers/start.ts';
import { type CardTable, createCardTable } from './card-table.ts';
import { type PlatformProcess, startPlatformProcess } from './platform-process.ts';
import { createStick, type Stick } from './stick.ts';

/** Everything that stands around a kiosk: a platform process, the line to it, three cashless services, a printer, a table of cards. */
export interface Sandbox {
  readonly platform: PlatformProcess;
  readonly line: Line;
  readonly providers: ProviderWorld['of'];
  readonly printer: SandboxPrinter;
  readonly cards: CardTable;
  readonly pki: TestPki;
  readonly stick: Stick;
  /** `--set` arguments that tie a kiosk to this sandbox. */
  readonly settings: readonly string[];
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** Platform's data, slips and card logs go here. */
  readonly data: string;
  /** Port of the virtual reader. */
  readonly readerPort: number;
  readonly driver: 'pcsc' | 'virtual';
  /** Folder of the cards' logs, when not `data`. */
  readonly cardLog?: string;
}

export async function startSandbox({ data, readerPort, driver, cardLog = data }: SandboxOptions): Promise<Sandbox> {
  mkdirSync(data, { recursive: true });
  const pki = await ensureTestPki(defaultPkiDir);
  const world = startProviders({ now: Date.now });
  const checks = await serveProviders(world.of);
  const platform = await startPlatformProcess(join(data, 'platform'), checks.url);
  const toPlatform = httpExchange({ url: platform.url, timeoutMs: 10_000 });
  world.connect({ exchange: toPlatform.exchange, providerKey: platform.providerKey });
  const line = await startLine(platform.url);
  const printer = await startPrinter({ folder: join(data, 'slips') });
  const cards = createCardTable({ pki, port: readerPort, log: join(cardLog, 'cards.apdu.jsonl') });
  const stick = createStick(data, platform.url);
  const set = [
    `platform.url=${line.url}`,
    `platform.sealingKeyFile=${platform.sealingKeyFile}`,
    `platform.catalogueKeyFile=${platform.catalogueKeyFile}`,
    `staff.mediaFolder=${stick.media}`,
    'printer.driver=sandbox',
    `printer.url=${printer.url}`,
    `reader.driver=${driver}`,
    ...(driver === 'virtual' ? [`reader.host=${programOf('test/sandbox/virtual-reader/host-main.ts')}`] : []),
  ];
  return {
    platform,
    line,
    providers: world.of,
    printer,
    cards,
    pki,
    stick,
    settings: set.flatMap((pair) => ['--set', pair]),
    async close() {
      await cards.takeOff();
      await printer.close();
      await line.close();
      await toPlatform.close();
      await platform.stop();
      await checks.close();
    },
  };
}
