import type { ApplicationState, SealedApplication } from '../contract/application.ts';
import type { CardFacts, CardProblem } from '../contract/card.ts';
import type { CardHostError, CardSessionNumber, Disposition, ReaderEvent } from '../contract/card-host.ts';
import type { Catalogue } from '../contract/catalogue.ts';
import type { Settings } from '../contract/config.ts';
import type { Localised } from '../contract/languages.ts';
import type { Log } from '../contract/log-events.ts';
import type { BatchItem, ItemResult, PersonalReply, RefusalCode } from '../contract/platform.ts';
import type { Result } from '../contract/result.ts';
import type { Journey, TermsDocument } from '../contract/screens.ts';
import type { PrintFailure, Slip } from '../contract/slip.ts';
import type { ReplyKey, SealedPayload, SubmissionContent, SubmissionKind } from '../contract/submission.ts';
import type { CardKey } from './card/card-key.ts';
import type { OverrideStore } from './hours/override-store.ts';
import type { LookRow } from './outbox/rows.ts';
import type { LayoutChoice } from './scan/layout-choice.ts';

/** Time as a parameter. `now`: epoch ms (wall clock, may jump). `monotonic`: ms, never goes back. */
export interface Clock {
  now(): number;
  monotonic(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

/** Cryptographic randomness as a parameter. */
export type RandomBytes = (length: number) => Uint8Array;

/** An open, exclusive connection to the card of one session. Every call answers; none throws. */
export interface CardChannel {
  readonly session: CardSessionNumber;
  /** @returns data and SW (at least two bytes). The given buffer may hold a PIN: the callee overwrites its own copies. */
  transmit(apdu: Uint8Array): Promise<Result<Uint8Array, CardHostError>>;
  close(disposition: Disposition): Promise<void>;
}

/** The card reader as the core sees it: a supervised card host, or its in-memory twin in tests. */
export interface CardReader {
  start(): void;
  stop(): Promise<void>;
  /** @returns unsubscribe. Events of one reader arrive in order. */
  onEvent(listener: (event: ReaderEvent) => void): () => void;
  open(session: CardSessionNumber): Promise<Result<CardChannel, CardHostError>>;
}

/** Prints, or says why not. Never prints the same slip id twice. */
export interface Printer {
  print(slip: Slip): Promise<Result<null, PrintFailure>>;
  /** Asks the printer now. */
  check(): Promise<Result<null, PrintFailure>>;
  /** What it said last, whoever asked; null: nothing is wrong. For the staff. */
  readonly trouble: PrintFailure | null;
  /** @returns unsubscribe */
  /** The paper was near its end at the last look. It prints all the same: staff bring paper. */
  readonly paperLow: boolean;
  /** Told when `trouble` or `paperLow` has changed. */
  onTrouble(listener: () => void): () => void;
}

/** Why the outbox could not take a row. `full`: rows or space; `storage`: the file cannot be written now. */
export type OutboxError = 'full' | 'storage';

/** The durable outbox as a session uses it. Calls are synchronous: SQLite with one fsync each. */
export interface Outbox {
  /** Both copies take what is written. Where they do not, nothing may be begun that would have to be kept; it comes back by itself. */
  readonly usable: boolean;
  /** @returns unsubscribe */
  onUsable(listener: (usable: boolean) => void): () => void;
  /** Proves, with an fsync, that a row of so many bytes will fit. Called before the PIN is asked for. */
  reserve(id: string, bytes: number): Result<null, OutboxError>;
  /** Gives a reservation back when the session ends without a commit. Unknown ids are no error. */
  release(id: string): void;
  /** Commits one sealed row (and uses up its reservation). The same id and bytes again: success, one row. */
  enqueue(row: { id: string; kind: SubmissionKind; receipt: string; sealed: string }): Result<null, OutboxError>;
  /** Spends one single-use platform challenge, durably. `null`: none left that is still valid. */
  takeChallenge(): string | null;
  /** Returns a challenge that no card has signed. */
  giveBackChallenge(challenge: string): void;
  /** What became of a receipt. `null`: not of this kiosk, or long settled. */
  look(receipt: string): LookRow | null;
  /** Takes back what has not been sent. Exactly one of this and the sender wins. @returns whether it was taken back */
  cancel(receipt: string): Result<boolean, 'storage'>;
}

/** How a row ended. `reply`: JWE for the session's own key; it is handed over once, in memory, and never stored. */
export type Settled =
  | { readonly outcome: 'accepted'; readonly reference: string; readonly reply?: string }
  | { readonly outcome: 'refused'; readonly reference: string; readonly code: RefusalCode; readonly reply?: string }
  | { readonly outcome: 'parked'; readonly reason: string };

/** The catalogue that is known now. `checkedAt`: when the platform last said that it is the newest; epoch ms. */
export interface CatalogueSource {
  /** Asks the platform now; the end of it says nothing of the outcome. */
  refresh(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
  current(): { readonly catalogue: Catalogue; readonly checkedAt: number } | null;
}

/** The platform's clock, and whether it takes anything now. */
export interface PlatformStatus {
  /** ISO 8601. */
  readonly time: string;
  readonly maintenance: boolean;
}

/** Single-use challenges for acts that are signed without a line. `expiresAt`: ISO 8601, by the platform's clock. */
export interface IssuedChallenges {
  readonly challenges: readonly { readonly challenge: string; readonly expiresAt: string }[];
}

/** What became of a batch, row by row. `nextSlotMs`: the platform wants the next one not before that. */
export interface BatchAnswer {
  readonly results: readonly ItemResult[];
  readonly nextSlotMs?: number | undefined;
}

/** The kiosk's own certificate, and the only authority that it believes from its next start on; PEM. */
export interface IssuedIdentity {
  readonly certificate: string;
  readonly ca: string;
}

/**
 * Why there is no answer. `unreachable`: no connection could be made, so nothing was sent. `timeout`: nothing moved for too long.
 * `cut`: the connection broke, or the request was given up.
 */
export type LineCause = 'unreachable' | 'timeout' | 'cut';

/**
 * Why a request gave no answer that can be used. Only `denied` and `rejected` say something about what was sent, and only the platform
 * itself says them: every kind but `line` is an answer that carries a fitting mark.
 *
 * `line`: no answer of the platform's. `cause`: `unreachable` (no connection could be made, so nothing was sent), `timeout`, `cut`,
 * `unmarked` (something on the way answered, or changed the answer; `status` is what it said). `retryAfterMs`: a hint, from whoever it
 * came. `busy`: 408, 425, 429, 503: about the whole platform. `failed`: any other 5xx: perhaps about one row. `denied`: 401, 403.
 * `rejected`: any other 4xx, 413 among them: something in what we sent. `garbage`: marked, and not of the contract. `status`: as in HTTP.
 */
export type PlatformError =
  | {
      readonly kind: 'line';
      readonly cause: LineCause | 'unmarked';
      readonly status: number | null;
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: 'busy'; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'failed'; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'denied'; readonly status: number }
  | { readonly kind: 'rejected'; readonly status: number }
  | { readonly kind: 'garbage' };

export type PlatformAnswer<T> = Result<{ readonly body: T; readonly date: number | null }, PlatformError>;

/**
 * The central platform, asked. An adapter to one is a folder of its own (`platform-http/`), and the only place that knows its messages. Nothing
 * throws. `date`: when the platform says that it answered, epoch ms; null: it does not say.
 */
export interface Platform {
  /** @param options `urgent`: somebody waits for it */
  status(signal: AbortSignal, options?: Pick<SendOptions, 'urgent'>): Promise<PlatformAnswer<PlatformStatus>>;
  challenges(count: number, signal: AbortSignal): Promise<PlatformAnswer<IssuedChallenges>>;
  send(items: readonly BatchItem[], signal: AbortSignal, options?: SendOptions): Promise<PlatformAnswer<BatchAnswer>>;
  /** One question, answered at once. */
  ask(item: BatchItem, signal: AbortSignal): Promise<PlatformAnswer<ItemResult>>;
  /** @param known version that is here already, 0: none */
  catalogue(known: number, signal: AbortSignal): Promise<PlatformAnswer<{ readonly catalogue: string | null }>>;
  /** How an application stands. `rejected` 404: no such application. */
  application(receipt: string, signal: AbortSignal): Promise<PlatformAnswer<{ readonly application: ApplicationState }>>;
  /** Makes this kiosk's key known; `denied`: the code is not good. */
  enrol(request: { readonly code: string; readonly csr: string }, signal: AbortSignal): Promise<PlatformAnswer<IssuedIdentity>>;
  /** What the line carried lately, bytes a second; null: nothing large enough was sent yet. */
  rate(): number | null;
  close(): Promise<void>;
}

export interface SendOptions {
  /** A person waits for it, so it does not queue behind other batches. */
  readonly urgent?: boolean;
  /** A late answer is better than doing it all again (platform-http/exchange.ts). */
  readonly patient?: boolean;
  /** Rows that are left when these are settled. */
  readonly waiting?: number;
  /** Told when all of it is on its way (platform-http/exchange.ts). */
  readonly onSent?: (() => void) | undefined;
}

/** Delivery in the background. */
export interface Delivery {
  start(): void;
  stop(): Promise<void>;
  /**
   * Somebody is here: the wait after the start ends. @param row just committed: it is sent at once, alone, past older rows and past the
   * back-off, unless the platform itself asked not to be called
   */
  nudge(row?: string): void;
  /** Asks a question at once, past the queue. `null`: no usable answer. */
  ask(item: BatchItem): Promise<ItemResult | null>;
  /** How the application with this receipt stands. `null`: no usable answer, or the platform does not know it. */
  application(receipt: string): Promise<ApplicationState | null>;
  readonly line: 'online' | 'offline';
  onLine(listener: (line: 'online' | 'offline') => void): () => void;
  onSettled(listener: (id: string, settled: Settled) => void): () => void;
}

/** What `readCard` hands over. The certificate stays inside the person's session, in memory. */
export interface CardReading {
  readonly facts: CardFacts;
  /** X.509 DER. */
  readonly certificate: Uint8Array;
  readonly key: CardKey;
}

/** Seals to the platform's public key; what comes out cannot be opened on the kiosk. @returns JWE compact */
export interface Sealer {
  seal(payload: SealedPayload | SealedApplication): Promise<string>;
}

/** A key pair that lives for one session: the platform seals personal answers to it. */
export interface ReplyKeyPair {
  readonly publicJwk: ReplyKey;
  open(jwe: string): Promise<Result<PersonalReply, 'unreadable'>>;
  /** After this nothing can be opened any more. */
  destroy(): void;
}

/** Everything that differs between deployments and tests. The core never asks where it runs. */
export interface KioskDeps {
  readonly settings: Settings;
  /** The terms, every document in every language, in the order they are agreed to. */
  readonly terms: readonly Localised<TermsDocument>[];
  readonly clock: Clock;
  /** Epoch ms, for what the platform reads: its own time where that is known, else the wall clock. */
  readonly civilTime: () => number;
  readonly random: RandomBytes;
  /** UUIDv7. */
  readonly newId: () => string;
  readonly log: Log;
  readonly reader: CardReader;
  /** While it is not usable the kiosk shows "out of order" and says so. */
  readonly outbox: Outbox;
  readonly delivery: Delivery;
  readonly catalogue: CatalogueSource;
  readonly sealer: Sealer;
  readonly createReplyKey: () => Promise<ReplyKeyPair>;
  readonly readCard: (channel: CardChannel) => Promise<Result<CardReading, CardProblem>>;
  /** Overwrites `pin`. */
  readonly verifyAndSign: (
    channel: CardChannel,
    pin: Uint8Array,
    digest: Uint8Array,
    key: CardKey,
  ) => Promise<Result<Uint8Array, CardProblem>>;
  readonly problemOf: (error: CardHostError) => CardProblem;
  /** Over the content's signed text, as long as the hash makes it. */
  readonly digest: (content: SubmissionContent, hash: CardKey['hash']) => Uint8Array;
  /** Whether the certificate's own key made the signature over the content's signed text. */
  readonly signatureFits: (content: SubmissionContent, signature: Uint8Array, certificate: Uint8Array) => boolean;
  readonly printer: Printer;
  /** Which keyboard the hand scanner is set to, where the settings leave it open. */
  readonly scannerLayout: LayoutChoice;
  /** Which of the settings' journeys this terminal has the parts for; default: all. */
  readonly offers?: readonly Journey[];
  /** Keeps what staff said of the opening by hand; default: until the core stops. */
  readonly overrides?: OverrideStore;
}
