import type { CardFacts, CardProblem } from '../../contract/card.ts';
import type { CardSessionNumber } from '../../contract/card-host.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { SubmissionContent } from '../../contract/submission.ts';
import type { CardKey } from '../card/card-key.ts';
import type { CardChannel, CardReader, KioskDeps } from '../ports.ts';
import { base64 } from '../seal/base64.ts';

export interface HeldCardDeps extends Pick<KioskDeps, 'readCard' | 'verifyAndSign' | 'problemOf' | 'digest' | 'signatureFits'> {
  readonly reader: Pick<CardReader, 'open'>;
}

/** Both in base64; the certificate is DER. */
export interface Signed {
  readonly signature: string;
  readonly certificate: string;
}

const removed: CardProblem = { code: 'removed' };

/** The card of one session: the channel to it, and what was read of it. After `end` every answer is `removed`. */
export class HeldCard {
  private readonly number: CardSessionNumber;
  private readonly deps: HeldCardDeps;
  private ended = false;
  private channel: CardChannel | null = null;
  private known: { readonly certificate: Uint8Array; readonly key: CardKey } | null = null;

  constructor(number: CardSessionNumber, deps: HeldCardDeps) {
    this.number = number;
    this.deps = deps;
  }

  /** It is open, and its certificate is known. */
  get ready(): boolean {
    return this.channel !== null && this.known !== null;
  }

  /** DER of the user-authentication certificate; `null` before it was read. */
  get certificate(): Uint8Array | null {
    return this.known?.certificate ?? null;
  }

  async read(): Promise<Result<CardFacts, CardProblem>> {
    const first = await this.readOnce();
    // A reader may lose a byte of a card that was put on a moment ago. No PIN was involved: asked once more, nobody is told.
    if (this.ended || first.ok || first.error.code !== 'reader-failed') return first;
    const second = await this.readOnce();
    // A card that is not found again says nothing of why it could not be read before.
    return !second.ok && second.error.code === 'removed' && !this.ended ? first : second;
  }

  /** VERIFY, sign, look at the signature. Powers the card off, but after a wrong PIN. @param pin is overwritten */
  async sign(content: SubmissionContent, pin: Uint8Array): Promise<Result<Signed, CardProblem>> {
    const { deps, channel, known } = this;
    if (this.ended || channel === null || known === null) {
      pin.fill(0);
      return err(removed);
    }
    const { certificate, key } = known;
    const signature = await deps.verifyAndSign(channel, pin, deps.digest(content, key.hash), key);
    pin.fill(0);
    if (this.ended) return err(signature.ok ? removed : signature.error);
    if (!signature.ok) {
      // Nothing was signed after a refused VERIFY: the same content may be tried again with the card still held.
      if (signature.error.code !== 'pin-wrong') await this.close('unpower');
      return err(signature.error);
    }
    // Nothing is queued that the platform would have to refuse days later: a byte may have been lost between card and here.
    const fits = deps.signatureFits(content, signature.value, certificate);
    const signed = { signature: base64(signature.value), certificate: base64(certificate) };
    await this.close('unpower');
    return fits ? ok(signed) : err({ code: 'signature-mismatch' });
  }

  /** Wipes at once; the promise is the card's power-off. */
  async end(): Promise<void> {
    this.ended = true;
    this.known?.certificate.fill(0);
    this.known = null;
    await this.close('unpower');
  }

  private async open(): Promise<Result<CardChannel, CardProblem>> {
    if (this.channel !== null) return ok(this.channel);
    const opened = await this.deps.reader.open(this.number);
    if (!opened.ok) return err(this.ended ? removed : this.deps.problemOf(opened.error));
    if (this.ended) {
      await opened.value.close('unpower');
      return err(removed);
    }
    this.channel = opened.value;
    return ok(opened.value);
  }

  private async readOnce(): Promise<Result<CardFacts, CardProblem>> {
    if (this.ended) return err(removed);
    const channel = await this.open();
    if (!channel.ok) return channel;
    const reading = await this.deps.readCard(channel.value);
    if (this.ended) return err(removed);
    if (!reading.ok) {
      await this.close('reset');
      return err(this.ended ? removed : reading.error);
    }
    const { certificate, key, facts } = reading.value;
    this.known = { certificate, key };
    return ok(facts);
  }

  private async close(disposition: 'reset' | 'unpower'): Promise<void> {
    const open = this.channel;
    this.channel = null;
    await open?.close(disposition);
  }
}
