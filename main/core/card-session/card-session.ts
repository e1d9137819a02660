import type { CardFacts, CardProblem } from '../../contract/card.ts';
import type { CardSessionNumber } from '../../contract/card-host.ts';
import type { Catalogue } from '../../contract/catalogue.ts';
import type { Result } from '../../contract/result.ts';
import type { SubmissionContent } from '../../contract/submission.ts';
import type { Clock } from '../ports.ts';
import { japanDay } from '../time.ts';
import { AccountForm } from './account-form.ts';
import { HeldCard, type HeldCardDeps, type Signed } from './held-card.ts';
import { createPinBuffer, type PinBuffer } from './pin-buffer.ts';
import type { ReceiptsOfCard } from './receipts-of-card.ts';
import { createVerifyPace, type VerifyPaceDeps } from './verify-pace.ts';

/** What one person's card session may use. */
export interface CardSessionDeps extends HeldCardDeps {
  readonly clock: Clock;
  /** Epoch ms. */
  readonly civilTime: () => number;
  /** The catalogue as it is now; `null`: none yet. */
  readonly catalogue: () => Catalogue | null;
  readonly receiptsOfCard: ReceiptsOfCard;
  readonly verifyPace: Omit<VerifyPaceDeps, 'clock'>;
}

/**
 * One card on the reader, one person (invariant 1). Everything personal of a visit lives in here, or ends with it (`onEnd`), and nowhere else:
 * PIN bytes, certificate, what is typed. `end()` wipes it; whatever was under way then answers `removed`.
 */
export interface CardSession {
  readonly number: CardSessionNumber;
  readonly ended: boolean;
  readonly pin: PinBuffer;
  /** What its card said last that is left; 0 before it was read. */
  readonly triesLeft: number;
  /** Until the next VERIFY may go out, ms. */
  waitMs(): number;
  read(): Promise<Result<CardFacts, CardProblem>>;
  /** Where account and codes are typed; another service clears it. Nothing opens where the catalogue does not know the service (any more). */
  openAccountForm(service: string): void;
  readonly accountForm: AccountForm | null;
  /** VERIFY and sign with the PIN that was typed; takes it out of its buffer. @throws without a PIN or a card that was read */
  sign(content: SubmissionContent): Promise<Result<Signed, CardProblem>>;
  /** Receipts that this card got here; for after the PIN only. */
  receipts(): readonly string[];
  noteReceipt(receipt: string): void;
  /** Told once, at its end, before anything else can happen. */
  onEnd(listener: () => void): void;
  /** Idempotent and synchronous in its wiping; the promise is the card's power-off. */
  end(): Promise<void>;
}

export function createCardSession(number: CardSessionNumber, deps: CardSessionDeps): CardSession {
  const pin = createPinBuffer();
  const card = new HeldCard(number, deps);
  const pace = createVerifyPace({ ...deps.verifyPace, clock: deps.clock });
  const listeners: (() => void)[] = [];
  let ended = false;
  let form: AccountForm | null = null;

  return {
    number,
    pin,
    get ended() {
      return ended;
    },
    get triesLeft() {
      return pace.triesLeft ?? 0;
    },
    waitMs: () => pace.waitMs(),

    async read() {
      const facts = await card.read();
      if (facts.ok) pace.read(facts.value.triesLeft);
      return facts;
    },

    get accountForm() {
      return form;
    },
    openAccountForm(service) {
      if (ended) return;
      if (form?.service !== service) {
        form?.wipe();
        const services = deps.catalogue()?.services ?? [];
        const chosen = services.find(({ id }) => id === service);
        form = chosen === undefined ? null : new AccountForm(chosen, services, () => japanDay(deps.civilTime()));
      }
      form?.reopen();
    },

    async sign(content) {
      const bytes = pin.take();
      if (bytes === null || !card.ready) {
        bytes?.fill(0);
        throw new Error('sign without PIN or card');
      }
      const signed = await card.sign(content, bytes);
      if (!signed.ok && signed.error.code === 'pin-wrong') pace.refused(signed.error.triesLeft);
      return signed;
    },

    receipts: () => (card.certificate === null ? [] : deps.receiptsOfCard.of(card.certificate)),
    noteReceipt(receipt) {
      if (card.certificate !== null) deps.receiptsOfCard.note(card.certificate, receipt);
    },
    onEnd: (listener) => void listeners.push(listener),

    async end() {
      if (ended) return;
      ended = true;
      pin.clear();
      form?.wipe();
      form = null;
      for (const listener of listeners.splice(0)) listener();
      await card.end();
    },
  };
}
