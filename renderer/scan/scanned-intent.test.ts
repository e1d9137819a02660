import { expect, it } from 'vitest';
import { MAX_PAGE_MESSAGE, PageMessage } from '../../main/contract/page-protocol.ts';
import { scannedIntent } from './scanned-intent.ts';

it('tells all codes in view', () => {
  expect(scannedIntent(3, ['a'])).toEqual({ type: 'scanned', step: 3, text: 'a' });
  expect(scannedIntent(3, ['a', 'b'])).toEqual({ type: 'scanned', step: 3, text: 'a', also: ['b'] });
});

it('never cuts a code: one that is too long is told as none', () => {
  const long = '9'.repeat(513);
  expect(scannedIntent(1, [long])).toEqual({ type: 'scanned', step: 1, text: '' });
  expect(scannedIntent(1, [long, 'b'])).toEqual({ type: 'scanned', step: 1, text: 'b' });
});

it('fits the Port, whatever is in view', () => {
  for (const sign of ['9', '漢', '\u0001']) {
    const intent = scannedIntent(
      1,
      Array.from({ length: 20 }, () => sign.repeat(300)),
    );
    const message = { type: 'intent', intent };
    expect(PageMessage.safeParse(message).success).toBe(true);
    // A control sign is six signs of JSON, and a code full of them is none of ours.
    if (sign !== '\u0001') expect(new TextEncoder().encode(JSON.stringify(message)).length).toBeLessThan(MAX_PAGE_MESSAGE);
  }
});
