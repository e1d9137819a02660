import { describe, expect, it } from 'vitest';
import type { CardProblem } from '../../contract/card.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { SubmissionContent } from '../../contract/submission.ts';
import { RSA_2048 } from '../card/card-key.ts';
import type { CardChannel, CardReading } from '../ports.ts';
import { HeldCard, type HeldCardDeps } from './held-card.ts';

const content = {} as SubmissionContent;
const pin = () => Uint8Array.of(1, 2, 3, 4);

/** A card that answers as it is told, one answer after the other; then as the last. */
function card(
  more: { readings?: Result<CardReading, CardProblem>[]; signs?: Result<Uint8Array, CardProblem>; fits?: boolean } = {},
) {
  const closed: string[] = [];
  const certificate = Uint8Array.of(7, 7);
  const reading = ok({ certificate, key: RSA_2048, facts: { triesLeft: 3 } } as unknown as CardReading);
  const readings = [...(more.readings ?? []), reading];
  let whileReading = async () => {};
  const deps: HeldCardDeps = {
    reader: {
      open: async () =>
        ok<CardChannel>({
          session: 1,
          transmit: async () => err({ code: 'removed' }),
          close: async (how) => void closed.push(how),
        }),
    },
    readCard: async () => {
      await whileReading();
      return (readings.length > 1 ? readings.shift() : readings[0]) ?? reading;
    },
    verifyAndSign: async () => {
      await whileReading();
      return more.signs ?? ok(Uint8Array.of(9));
    },
    problemOf: () => ({ code: 'reader-failed' }),
    digest: () => new Uint8Array(32),
    signatureFits: () => more.fits ?? true,
  };
  const held = new HeldCard(1, deps);
  return { held, closed, certificate, whileBusy: (run: () => Promise<void>) => (whileReading = run) };
}

describe('a card that is held', () => {
  it('is asked once more when the reader lost something, and a second failure says why the first did', async () => {
    const lost = err<CardProblem>({ code: 'reader-failed' });
    const once = card({ readings: [lost] });
    expect((await once.held.read()).ok).toBe(true);
    expect(once.closed).toEqual(['reset']);
    expect(await card({ readings: [lost, err<CardProblem>({ code: 'removed' })] }).held.read()).toEqual(lost);
  });

  it('is powered off once it has signed, and stays on after a wrong PIN', async () => {
    const good = card();
    await good.held.read();
    const typed = pin();
    expect(await good.held.sign(content, typed)).toEqual(ok({ signature: 'CQ==', certificate: 'Bwc=' }));
    expect([good.closed, [...typed]]).toEqual([['unpower'], [0, 0, 0, 0]]);
    const wrong = card({ signs: err({ code: 'pin-wrong', triesLeft: 2 }) });
    await wrong.held.read();
    expect(await wrong.held.sign(content, pin())).toEqual(err({ code: 'pin-wrong', triesLeft: 2 }));
    expect(wrong.closed).toEqual([]);
  });

  it('whose signature does not fit its certificate signs nothing', async () => {
    const one = card({ fits: false });
    await one.held.read();
    expect(await one.held.sign(content, pin())).toEqual(err({ code: 'signature-mismatch' }));
    expect(one.closed).toEqual(['unpower']);
  });

  it('that ends in the middle answers "removed", and nothing of it is left', async () => {
    const one = card();
    one.whileBusy(() => one.held.end());
    expect(await one.held.read()).toEqual(err({ code: 'removed' }));
    expect(one.held.certificate).toBeNull();
    const two = card();
    await two.held.read();
    two.whileBusy(() => two.held.end());
    expect(await two.held.sign(content, pin())).toEqual(err({ code: 'removed' }));
    expect([...two.certificate]).toEqual([0, 0]);
    expect(await two.held.read()).toEqual(err({ code: 'removed' }));
  });
});
