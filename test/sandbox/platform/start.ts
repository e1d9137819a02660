import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { join } from 'node:path';
import type { Catalogue } from '../../../main/contract/catalogue.ts';
import type { Exchange } from '../../../main/core/platform-http/exchange.ts';
import type { Clock, RandomBytes } from '../../../main/core/ports.ts';
import type { SealingKey } from '../../../main/core/seal/seal.ts';
import { ensureTestPki } from '../pki/index.ts';
import { createAccounts } from './accounts.ts';
import { type AdmissionOptions, createAdmission } from './admission.ts';
import { createBatchDoor } from './admit.ts';
import { type App, createApp } from './app.ts';
import { type CatalogueKey, catalogueKey } from './catalogue-key.ts';
import { type BudgetFor, createCataloguePublisher, sampleCatalogue } from './catalogue-publisher.ts';
import { drawChallenges } from './challenges.ts';
import { openDatabase } from './database.ts';
import { type BatchTimes, createDeliver, type DeliverDeps } from './deliver.ts';
import { createDoor, type Door } from './door.ts';
import { createEnrolmentDesk, enrolledKiosks } from './enrolment.ts';
import { createFaults, type Fault } from './faults.ts';
import { printForm, seedForms } from './forms.ts';
import { inProcess } from './in-process.ts';
import type { Rules } from './judge.ts';
import { type Providers, trustingProviders } from './providers.ts';
import { createQuestions } from './questions.ts';
import { addProviders, providerKey } from './routes-providers.ts';
import { addSandbox, type EnrolmentCodeView } from './routes-sandbox.ts';
import { addV1, onlyWithCertificate } from './routes-v1.ts';
import { paySubsidies } from './scheme/claims.ts';
import type { PremiumRule } from './scheme/premium.ts';
import type { Book } from './scheme/reports.ts';
import { platformKey } from './sealing-key.ts';
import { createStore, type LinkRow } from './store.ts';
import { type Taken, takeExport } from './take-export.ts';
import { defaultTerms, type KnownTerms } from './terms.ts';
import { makeTls } from './tls.ts';
import { createTrust } from './trust.ts';
import {
  type ApplicationView,
  applicationsOf,
  type PersonView,
  peopleOf,
  type SubmissionView,
  type Summary,
  submissionsOf,
  summaryOf,
} from './views.ts';

const HOUR = 3_600_000;
const PEOPLE_OF_A_POLICY = 1000;
/** The largest batch needs nine minutes at 16 kbit/s. Whoever is silent before the body begins is sent away as ever. */
const patience = { headersTimeout: 60_000, requestTimeout: 600_000 };

type PlatformClock = Pick<Clock, 'now' | 'setTimeout' | 'clearTimeout'>;

export interface PlatformOptions {
  /** Data directory: keys and database. Made when missing. */
  readonly data: string;
  /** 0, the default: any free port. null: no socket at all, only `exchange`. */
  readonly port?: number | null;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Where CA, revocation list and renewals are read from, again at every batch. Default: the sandbox's own test PKI. */
  readonly pki?: { readonly dir: string };
  readonly clock?: PlatformClock;
  readonly random?: RandomBytes;
  /** Default 72 h. */
  readonly challengeLifetimeMs?: number;
  /** Default 2 h. */
  readonly clockToleranceMs?: number;
  /** Default 30 days. */
  readonly deliveryWindowMs?: number;
  readonly terms?: readonly KnownTerms[];
  /** Default: the sample of kiosk-config. */
  readonly catalogue?: Catalogue;
  /** Default: every account is known. */
  readonly providers?: Providers;
  /** How a premium is rounded; default down. */
  readonly rounding?: PremiumRule['rounding'];
  /** What a municipality can spend on a new policy; default: enough for a thousand people. */
  readonly budgetFor?: BudgetFor;
  /** Kiosks that may come. Default: any. */
  readonly kiosks?: readonly string[];
  /** HTTPS, and a certificate from every kiosk named in `kiosks`; all files in `data`/tls (tls.ts). */
  readonly tls?: boolean;
  /** Hears of exceptions that became a 500, or the `retry` of one item. Default: their stack goes to stderr. */
  readonly onFault?: (error: Error) => void;
  /**
   * How much may wait here. Default: 5 s of work, where there is a socket; null, and the default without one: whatever comes, since there the
   * load of a machine must not change what a test sees.
   */
  readonly admission?: Pick<AdmissionOptions, 'maxWaitMs' | 'firstMsAnItem'> | null;
  /** Monotonic ms, for the admission. */
  readonly loadClock?: () => number;
  /** Hears where the time of each batch went. */
  readonly onBatch?: (times: BatchTimes) => void;
  /** Keeps the database in memory: for thousands of runs, where nothing is to outlive the platform. */
  readonly memory?: boolean;
}

export interface Platform {
  /** Without a socket: `http://in-process`, good for `exchange` only. */
  readonly url: string;
  readonly sealingKeyFile: string;
  readonly publicJwk: SealingKey;
  /** What kiosks verify the catalogue with. */
  readonly catalogueKeyFile: string;
  readonly catalogueJwk: CatalogueKey['publicJwk'];
  /** A newer catalogue. */
  publish(catalogue: Catalogue): Promise<void>;
  /** Changes what a municipality can spend on a policy, yen. */
  budget(policy: string, yen: number): void;
  /** What a provider proves itself with (`x-provider-key`). */
  providerKey(service: string): string;
  /** A one-time code for a kiosk's enrolment (only with `tls`). */
  enrolmentCode(terminal: string): EnrolmentCodeView;
  /** Takes a kiosk's export from a medium. @param answer where the answer goes; default: beside it */
  takeExport(file: string, answer?: string | null): Promise<Taken>;
  /** Pays every open claim. @returns points paid */
  paySubsidies(): number;
  /** Who signed up with what. */
  links(): LinkRow[];
  /** The platform without a socket, as the core's client takes it (`createHttpPlatform({exchange, close}, ...)`). */
  readonly exchange: Exchange;
  /** Adds faults, in this order. */
  faults(...faults: readonly Fault[]): void;
  /** Ends all of them; resolves when connections are accepted again. */
  clearFaults(): Promise<void>;
  summary(): Summary;
  submissions(): SubmissionView[];
  people(): PersonView[];
  /** Prints one more form. @returns its number */
  printForm(): string;
  /** How the applications stand, oldest first. */
  applications(): ApplicationView[];
  /** Moves an application on. @throws when there is none */
  moveApplication(view: ApplicationView): void;
  close(): Promise<void>;
}

const systemClock: PlatformClock = {
  now: Date.now,
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
};

/** The reference platform in this process. @throws when the directory, the database or the port cannot be had */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { data, port = 0, host = '127.0.0.1', clock = systemClock, random = randomBytes } = options;
  const pki = options.pki ?? (await ensureTestPki());
  const rules: Rules = {
    terms: options.terms ?? defaultTerms,
    challengeLifetimeMs: options.challengeLifetimeMs ?? 72 * HOUR,
    clockToleranceMs: options.clockToleranceMs ?? 2 * HOUR,
    deliveryWindowMs: options.deliveryWindowMs ?? 30 * 24 * HOUR,
  };
  await mkdir(data, { recursive: true, mode: 0o700 });
  const key = await platformKey(data);
  const signing = await catalogueKey(data);
  const store = createStore(openDatabase(options.memory === true ? null : data));
  seedForms(store, clock.now());
  const budgetFor = options.budgetFor ?? (({ amount }) => amount * PEOPLE_OF_A_POLICY);
  const catalogues = await createCataloguePublisher(store, signing, options.catalogue ?? sampleCatalogue(), budgetFor, () =>
    clock.now(),
  );
  const faults = createFaults();
  let door: Door | null = null;
  let refusing = false;
  let reopening: unknown = null;

  const accept = async () => {
    clock.clearTimeout(reopening);
    refusing = false;
    await door?.reopen();
  };
  const addFault = (fault: Fault) => {
    if (fault.type !== 'refuse-connections') return faults.add(fault);
    clock.clearTimeout(reopening);
    refusing = true;
    reopening = clock.setTimeout(() => void accept(), fault.ms);
    door?.shut();
  };

  const onFault = options.onFault ?? ((error: Error) => console.error(`platform: ${error.stack ?? error.message}`));
  const secure = options.tls === true ? await makeTls(join(data, 'tls'), host, options.kiosks ?? [], clock.now()) : null;
  const app: App = createApp(
    (handler) =>
      secure === null
        ? createServer(patience, handler)
        : createTlsServer({ ...secure.files, requestCert: true, rejectUnauthorized: false, ...patience }, handler),
    onFault,
  );
  const accounts = createAccounts(store, random);
  const rounding = options.rounding ?? 'down';
  const means: DeliverDeps = {
    key,
    store,
    rules,
    trust: createTrust(pki.dir),
    random,
    catalogues,
    accounts,
    rounding,
    providers: options.providers ?? trustingProviders,
    onFault,
  };
  const deliver = createDeliver(means);
  const kiosks = options.kiosks === undefined ? null : new Set(options.kiosks);
  const enrolled = enrolledKiosks(data);
  for (const terminal of await enrolled.all()) kiosks?.add(terminal);
  const enrolment = createEnrolmentDesk(secure?.signDevice ?? null, random, async (terminal) => {
    kiosks?.add(terminal);
    await enrolled.add(terminal);
  });
  const enrolmentCode = (terminal: string) => {
    const { code, expiresAt } = enrolment.newCode(terminal, clock.now());
    return { terminal, code, expiresAt: new Date(expiresAt).toISOString() };
  };
  const take = (file: string, answer: string | null = null) =>
    takeExport(file, answer, { deliver, sign: signing.sign, now: clock.now() });
  const { loadClock = () => performance.now(), admission = port === null ? null : {} } = options;
  onlyWithCertificate(app);
  addV1(app, {
    // One process, and the database has one writer.
    batchDoor: admission && createBatchDoor(createAdmission({ workers: 1, now: loadClock, ...admission }), loadClock),
    onBatch: options.onBatch ?? (() => {}),
    clock,
    faults,
    deliver,
    answerQuestion: createQuestions(means),
    catalogues,
    applicationOf: (kiosk, receipt) => {
      const row = store.application(kiosk, receipt);
      return row === null ? null : store.stateOf(row);
    },
    draw: drawChallenges(store, rules, random),
    enrolment,
    kiosks,
  });
  const book: Book = { store, accounts, rounding, measure: (id) => catalogues.measure(id) };
  addProviders(app, { book, clock, secret: accounts.secret });
  addSandbox(app, {
    store,
    catalogues,
    clock,
    faults,
    addFault,
    clearFaults: () => faults.clear(),
    enrolmentCode,
    takeExport: take,
  });
  try {
    if (port === null) await app.ready();
    else {
      await app.listen({ port, host });
      door = createDoor(app.server, host);
    }
  } catch (error) {
    store.close();
    throw error;
  }
  return {
    url:
      door === null
        ? 'http://in-process'
        : `http${secure === null ? '' : 's'}://${host.includes(':') ? `[${host}]` : host}:${door.port}`,
    sealingKeyFile: key.file,
    publicJwk: key.publicJwk,
    catalogueKeyFile: signing.file,
    catalogueJwk: signing.publicJwk,
    publish: (catalogue) => catalogues.publish(catalogue),
    budget: (policy, yen) => void store.setBudget(policy, yen),
    providerKey: (service) => providerKey(accounts.secret, service),
    enrolmentCode,
    takeExport: take,
    paySubsidies: () => paySubsidies(store, clock.now()),
    links: () => store.links(),
    exchange: inProcess(app, () => refusing),
    faults: (...given) => given.forEach(addFault),
    clearFaults: async () => {
      faults.clear();
      await accept();
    },
    summary: () => summaryOf(store),
    submissions: () => submissionsOf(store),
    people: () => peopleOf(store),
    printForm: () => printForm(store, clock.now()),
    applications: () => applicationsOf(store),
    moveApplication({ receipt, terminal, application }) {
      const moved = store.moveApplication(JSON.stringify(application), terminal, receipt);
      if (moved !== 1) throw new Error('no such application');
    },
    close: async () => {
      clock.clearTimeout(reopening);
      await app.close();
      store.close();
    },
  };
}
