import type { CardFacts, CardProblem } from '../../contract/card.ts';
import type { CardSessionNumber } from '../../contract/card-host.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { SubmissionContent } from '../../contract/submission.ts';
import type { CardKey } from '../card/card-key.ts';
import type { CardChannel, CardReader, KioskPorts } from '../ports.ts';
import { base64 } from '../seal/base64.ts';

export interface HeldCardDeps extends Pick<KioskPorts, 'readCard' | 'verifyAndSign' | 'problemOf' | 'digest' | 'signatureFits'> {
  readonly reader: Pick<CardReader, 'open'>;
}

/** Both in base64; the certificate is DER. */
export interface Signed {
  readonly signature: string;
  readonly certificate: string;
}

/** The card of one session: the channel to it, and what was read of it. After `end` every answer is `removed`. */
export interface HeldCard {
  read(): Promise<Result<CardFacts, CardProblem>>;
  /** It is open, and its certificate is known. */
  readonly ready: boolean;
  /** DER of the user-authentication certificate; `null` before it was read. */
  readonly certificate: Uint8Array | null;
  /** VERIFY, sign, look at the signature. Powers the card off, but after a wrong PIN. @param pin is overwritten */
  sign(content: SubmissionContent, pin: Uint8Array): Promise<Result<Signed, CardProblem>>;
  /** Wipes at once; the promise is the card's power-off. */
  end(): Promise<void>;
}

const removed: CardProblem = { code: 'removed' };

export function createHeldCard(number: CardSessionNumber, deps: HeldCardDeps): HeldCard {
  let ended = false;
  let channel: CardChannel | null = null;
  let known: { readonly certificate: Uint8Array; readonly key: CardKey } | null = null;

  const close = async (disposition: 'reset' | 'unpower') => {
    const open = channel;
    channel = null;
    await open?.close(disposition);
  };

  const readOnce = async (): Promise<Result<CardFacts, CardProblem>> => {
    if (ended) return err(removed);
    if (channel === null) {
      const opened = await deps.reader.open(number);
      if (!opened.ok) return err(ended ? removed : deps.problemOf(opened.error));
      if (ended) {
        await opened.value.close('unpower');
        return err(removed);
      }
      channel = opened.value;
    }
    const reading = await deps.readCard(channel);
    if (ended) return err(removed);
    if (!reading.ok) {
      await close('reset');
      return err(ended ? removed : reading.error);
    }
    const { certificate, key, facts } = reading.value;
    known = { certificate, key };
    return ok(facts);
  };

  return {
    async read() {
      const first = await readOnce();
      // A reader may lose a byte of a card that was put on a moment ago. No PIN was involved: asked once more, nobody is told.
      if (ended || first.ok || first.error.code !== 'reader-failed') return first;
      const second = await readOnce();
      // A card that is not found again says nothing of why it could not be read before.
      return !second.ok && second.error.code === 'removed' && !ended ? first : second;
    },
    get ready() {
      return channel !== null && known !== null;
    },
    get certificate() {
      return known?.certificate ?? null;
    },
    async sign(content, pin) {
      if (ended || channel === null || known === null) {
        pin.fill(0);
        return err(removed);
      }
      const { certificate, key } = known;
      const signature = await deps.verifyAndSign(channel, pin, deps.digest(content, key.hash), key);
      pin.fill(0);
      if (ended) return err(signature.ok ? removed : signature.error);
      if (!signature.ok) {
        // Nothing was signed after a refused VERIFY: the same content may be tried again with the card still held.
        if (signature.error.code !== 'pin-wrong') await close('unpower');
        return err(signature.error);
      }
      // Nothing is queued that the platform would have to refuse days later: a byte may have been lost between card and here.
      const fits = deps.signatureFits(content, signature.value, certificate);
      const signed = { signature: base64(signature.value), certificate: base64(certificate) };
      await close('unpower');
      return fits ? ok(signed) : err({ code: 'signature-mismatch' });
    },
    async end() {
      ended = true;
      known?.certificate.fill(0);
      known = null;
      await close('unpower');
    },
  };
}
