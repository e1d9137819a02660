import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Settings } from '../../contract/config.ts';
import type { Log } from '../../contract/log-events.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import { STOOD_STILL } from '../../contract/stood-still.ts';
import { signedText } from '../../contract/submission.ts';
import { signatureFits } from '../../core/card/card-key.ts';
import { openHungTrials } from '../../core/card/hung-trials.ts';
import { readCard } from '../../core/card/jpki/read-card.ts';
import { verifyAndSign } from '../../core/card/jpki/verify-and-sign.ts';
import { problemOf } from '../../core/card/problem-of.ts';
import { createReaderHealth, type ReaderHealth } from '../../core/card/reader-health.ts';
import { openHighestVersion } from '../../core/catalogue/highest-version.ts';
import { catalogueInBackground, noCatalogue } from '../../core/catalogue/poller.ts';
import { openCatalogueStore } from '../../core/catalogue/sqlite-store.ts';
import { createCatalogueUpdater } from '../../core/catalogue/updater.ts';
import { createVerifier } from '../../core/catalogue/verify-catalogue.ts';
import { openOverrideStore } from '../../core/hours/override-store.ts';
import { noOutbox } from '../../core/outbox/no-outbox.ts';
import type { OutboxStore } from '../../core/outbox/outbox.ts';
import { openOutbox } from '../../core/outbox/outbox.ts';
import type { Line } from '../../core/platform-http/exchange.ts';
import { type HttpOptions, httpExchange } from '../../core/platform-http/http-exchange.ts';
import { createHttpPlatform } from '../../core/platform-http/http-platform.ts';
import type { CardReader, CatalogueSource, Clock, Delivery, KioskDeps, Platform, RandomBytes } from '../../core/ports.ts';
import { printerFor } from '../../core/print/printers.ts';
import { openLayoutChoice } from '../../core/scan/layout-choice.ts';
import { signedDigest } from '../../core/seal/digest.ts';
import { createReplyKey } from '../../core/seal/reply-key.ts';
import { createSealer } from '../../core/seal/seal.ts';
import { loadTerms } from '../../core/settings/load-terms.ts';
import { loadTls } from '../../core/settings/load-tls.ts';
import { readIdentity } from '../../core/staff/device/identity.ts';
import { answerVerifier, type VerifyAnswer } from '../../core/staff/queue/read-answer.ts';
import { createDelivery, type StaffDelivery } from '../../core/sync/delivery.ts';
import { type Boot, createPlatformTime } from '../../core/sync/platform-time.ts';

export interface CoreDeps {
  readonly settings: Settings;
  /** Everything the core writes lies below it. */
  readonly data: string;
  readonly reader: CardReader;
  readonly clock: Clock;
  /** Carries the platform's time; default: the monotonic clock, which starts anew with the process. */
  readonly boot?: Boot;
  readonly random: RandomBytes;
  readonly newId: () => string;
  readonly log: Log;
  /** How the platform is reached; default: HTTP to `settings.platform.url`. */
  readonly platform?: Line;
}

export interface CorePorts {
  readonly ports: KioskDeps;
  readonly outbox: OutboxStore | null;
  /** What only the staff's side uses. */
  readonly staff: StaffPorts;
}

export interface StaffPorts {
  readonly client: Platform;
  /** null: without a queue nothing is ever sent. */
  readonly delivery: StaffDelivery | null;
  readonly watch: ReaderHealth;
  /** Opens the platform's answers to an export; null: the settings name no key to believe. */
  readonly verifyAnswer: VerifyAnswer | null;
}

/** Without a queue nothing is ever sent. */
const idleDelivery: Delivery = {
  start: () => {},
  stop: async () => {},
  nudge: () => {},
  ask: async () => null,
  application: async () => null,
  line: 'offline',
  onLine: () => () => {},
  onSettled: () => () => {},
};

/** Folders of the queue and of its journal. */
export const queuePlaces = ({ outbox }: Settings, data: string): { readonly folder: string; readonly journalFolder: string } => ({
  folder: join(resolve(data), 'queue'),
  journalFolder: outbox.journalFolder ?? join(resolve(data), 'journal'),
});

/**
 * The real parts behind the kiosk's ports, from checked settings.
 * @returns sentences that name a file whose content cannot be used
 */
export async function corePorts(sources: CoreDeps): Promise<Result<CorePorts, string[]>> {
  const { settings, data, reader, clock, random, newId, log } = sources;
  const terms = loadTerms(settings.terms);
  if (!terms.ok) return terms;
  const { sealingKeyFile, url, requestTimeoutSeconds, tls } = settings.platform;
  const identity = tls === undefined ? ok(undefined) : loadTls(tls);
  if (!identity.ok) return identity;
  const sealer = await createSealer(readJwk(sealingKeyFile));
  if (!sealer.ok) return err([`${sealingKeyFile}: not a public P-256 key in JWK form (platform.sealingKeyFile)`]);

  const boot = sources.boot ?? { id: 'this-process', uptimeMs: () => clock.monotonic() };
  let outbox: OutboxStore | null = null;
  const time = createPlatformTime({ boot, clock, store: () => outbox });
  const opened = openOutbox({
    ...queuePlaces(settings, data),
    limits: settings.outbox,
    clock,
    log,
    platformNow: () => time.latest(),
    stoodStill: join(resolve(data), STOOD_STILL),
  });
  if (opened.ok) outbox = opened.value;
  else log('core.fault', { where: `outbox.${opened.error}` });
  const own = identity.value ?? enrolledIdentity(settings, data);
  const platform = sources.platform ?? httpExchange({ url, timeoutMs: requestTimeoutSeconds * 1000, tls: own, clock });
  const client = createHttpPlatform(platform, settings.terminal.id, () => clock.now(), random);
  const staffDelivery =
    outbox === null
      ? null
      : createDelivery({
          outbox,
          client,
          clock,
          random,
          log,
          terminal: settings.terminal.id,
          sync: settings.sync,
          challengeStock: settings.outbox.challengeStock,
          time,
        });
  const delivery = staffDelivery ?? idleDelivery;
  const watch = createReaderHealth(reader, clock, settings.reader.names.length > 0);
  const catalogue = await catalogueFor(sources, client, delivery, staffDelivery, () => time.civil());
  if (!catalogue.ok) return catalogue;
  const printer = await printerFor(settings.printer, clock);
  if (!printer.ok) return printer;
  const { extendedLength, nextCard: provisional } = settings.reader;
  const trials = openHungTrials({ data, setting: extendedLength, reader: watch.reader, log });
  const { catalogueKeyFile } = settings.platform;
  const verifyAnswer = catalogueKeyFile === undefined ? null : await answerVerifier(readJwk(catalogueKeyFile));
  return ok({
    outbox,
    staff: { client, delivery: staffDelivery, watch, verifyAnswer },
    ports: {
      settings,
      terms: terms.value,
      clock,
      civilTime: () => time.civil(),
      random,
      newId,
      log,
      reader: watch.reader,
      outbox: outbox ?? noOutbox,
      delivery,
      catalogue: catalogue.value,
      sealer: sealer.value,
      createReplyKey,
      readCard: async (channel) => {
        const { session } = channel;
        const read = await readCard(channel, {
          extended: trials.lengthFor(session),
          onHang: () => trials.hung(session),
          provisional,
          log,
          now: clock.now(),
        });
        watch.noteRead(channel.session, read);
        return read;
      },
      verifyAndSign: (channel, pin, digest, key) => verifyAndSign(channel, pin, digest, { key, log }),
      problemOf,
      digest: signedDigest,
      signatureFits: (content, signature, certificate) => signatureFits(signedText(content), signature, certificate),
      printer: printer.value,
      scannerLayout: openLayoutChoice(data),
      overrides: openOverrideStore(data),
    },
  });
}

/** What the device shows the platform where the settings name no files: what it was enrolled with, else only whom it believes. */
function enrolledIdentity({ platform, terminal }: Settings, data: string): HttpOptions['tls'] {
  const enrolled = readIdentity(resolve(data), terminal.id);
  if (enrolled !== null) return { ca: enrolled.ca, cert: enrolled.certificate, key: enrolled.key };
  return platform.caFile === undefined ? undefined : { ca: readFileSync(platform.caFile, 'utf8') };
}

async function catalogueFor(
  { settings, data, clock, log }: CoreDeps,
  client: Platform,
  delivery: Delivery,
  pacing: Pick<StaffDelivery, 'paced'> | null,
  civilTime: () => number,
): Promise<Result<CatalogueSource, string[]>> {
  const { catalogueKeyFile } = settings.platform;
  if (catalogueKeyFile === undefined) return ok(noCatalogue);
  const verify = await createVerifier(readJwk(catalogueKeyFile), settings.terminal.id);
  if (verify === null) return err([`${catalogueKeyFile}: not a public P-256 key in JWK form (platform.catalogueKeyFile)`]);
  const failed = (reason: string) => log('catalogue.refused', { reason: `store.${reason}` });
  const store = openCatalogueStore(join(resolve(data), 'catalogue', 'catalogue.db'), failed);
  const keeper = createCatalogueUpdater({
    store,
    highest: openHighestVersion(join(resolve(data), 'catalogue', 'highest.json'), failed),
    verify,
    fetch: async (known, signal) => {
      const ask = () => client.catalogue(known, signal);
      const answer = pacing === null ? await ask() : await pacing.paced('catalogue', ask);
      return answer?.ok === true ? answer.value.body.catalogue : undefined;
    },
    clock,
    civilTime,
    log,
  });
  await keeper.load();
  const source = catalogueInBackground({ keeper, delivery, clock, everyMs: settings.sync.catalogueSeconds * 1000 });
  return ok({
    ...source,
    async stop() {
      await source.stop();
      store.close();
    },
  });
}

function readJwk(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
