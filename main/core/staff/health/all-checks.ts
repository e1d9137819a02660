import { join } from 'node:path';
import type { CardProblem } from '../../../contract/card.ts';
import type { CardSessionNumber } from '../../../contract/card-host.ts';
import type { Settings } from '../../../contract/config.ts';
import type { LeftOut } from '../../../contract/left-out.ts';
import type { Result } from '../../../contract/result.ts';
import type { ReaderSeen } from '../../card/reader-health.ts';
import type { OutboxStore } from '../../outbox/outbox.ts';
import type { Clock, Platform, Printer } from '../../ports.ts';
import { CAMERAS_FOLDER, PCSCD_SOCKET, SOUND_CARDS_FILE } from '../../system/linux-places.ts';
import { deviceCertificate } from '../device/device-certificate.ts';
import { addonCheck } from './addon.ts';
import { audioCheck } from './audio.ts';
import { cameraCheck } from './camera.ts';
import { cardContactCheck } from './card-contact.ts';
import { clockCheck } from './clock.ts';
import { databaseCheck } from './database.ts';
import { deviceCertificateCheck } from './device-certificate.ts';
import { diskCheck } from './disk.ts';
import { journeysCheck } from './journeys.ts';
import { pcscdCheck } from './pcscd.ts';
import { platformCheck, takePulse } from './platform.ts';
import { polkitCheck } from './polkit.ts';
import { printerCheck } from './printer.ts';
import { readerCheck } from './reader.ts';
import type { Checks } from './run-checks.ts';
import { scannerCheck } from './scanner.ts';
import { versionsCheck } from './versions.ts';

/** The machine, as far as the checks look at it. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** Our Node: its program and version. */
  readonly node: { readonly program: string; readonly version: string };
  /** Folder that holds `main/`, `native/` and the built page. */
  readonly root: string;
  /** Of package.json. */
  readonly version: string;
}

export interface HealthDeps {
  readonly settings: Settings;
  readonly data: string;
  readonly clock: Clock;
  readonly machine: Machine;
  readonly seen: () => ReaderSeen;
  /** null: a person's visit has the card. */
  readonly probe: () => ((session: CardSessionNumber) => Promise<Result<number, CardProblem>>) | null;
  readonly outbox: OutboxStore | null;
  readonly client: Pick<Platform, 'status'>;
  readonly printer: Pick<Printer, 'check' | 'paperLow'>;
  readonly leftOut: () => readonly LeftOut[];
}

const PINNED_NODE = 24;

/** The checks of one look, each with what it looks at. */
export function allChecks({ settings, data, clock, machine, seen, probe, outbox, client, printer, leftOut }: HealthDeps): Checks {
  const { driver } = settings.reader;
  const { platform, node, root } = machine;
  const queue = join(data, 'queue');
  const pulse = takePulse(client, clock);
  return {
    reader: readerCheck(seen),
    'card-contact': cardContactCheck({ seen, clock, probe: probe() }),
    addon: addonCheck({ driver, file: join(root, 'native/pcsc/build/Release/pcsc.node'), node: node.program }),
    pcscd: pcscdCheck(driver, seen),
    polkit: polkitCheck({ driver, platform, seen, socket: PCSCD_SOCKET }),
    database: databaseCheck(outbox),
    disk: diskCheck(queue, settings.outbox.minFreeBytes),
    clock: clockCheck(pulse),
    platform: platformCheck(pulse),
    'device-certificate': deviceCertificateCheck({
      certificate: () => deviceCertificate(settings, data, clock.now()),
      plain: settings.platform.url.startsWith('http:'),
    }),
    printer: printerCheck(printer, settings.printer.driver !== 'none'),
    camera: cameraCheck(platform, CAMERAS_FOLDER),
    audio: audioCheck(platform, SOUND_CARDS_FILE),
    versions: versionsCheck({
      core: machine.version,
      node: node.version,
      pinnedNode: PINNED_NODE,
      outbox,
      page: join(root, 'dist/renderer/index.html'),
      electron: null,
    }),
    scanner: scannerCheck(settings.scanner?.device),
    journeys: journeysCheck(leftOut),
  };
}
