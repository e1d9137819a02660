import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeMark, markFits, newRequestId } from './answer-mark.ts';
import { RequestId } from './wire.ts';

const ID = 'AAAAAAAAAAAAAAAAAAAAAA';

describe('the mark of an answer', () => {
  it('is of the form the contract says', () => {
    // SHA-256 of nothing: FIPS 180-4's own example in base64url.
    expect(makeMark(ID, 204, '')).toBe(`v1 ${ID} 204 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU`);
    expect(makeMark(ID, 200, 'マイキー')).toBe(makeMark(ID, 200, Buffer.from('マイキー')));
  });

  it('fits its own request, status and body, and nothing else', () => {
    const mark = makeMark(ID, 200, '{}');
    expect(markFits(mark, ID, 200, '{}')).toBe(true);
    expect(markFits(mark, `B${ID.slice(1)}`, 200, '{}')).toBe(false);
    expect(markFits(mark, ID, 400, '{}')).toBe(false);
    expect(markFits(mark, ID, 200, '{ }')).toBe(false);
    expect(markFits(undefined, ID, 200, '{}')).toBe(false);
    expect(markFits([mark, mark], ID, 200, '{}')).toBe(false);
    expect(markFits(`${mark} `, ID, 200, '{}')).toBe(false);
    expect(markFits(makeMark('', 200, '{}'), '', 200, '{}')).toBe(false);
  });

  it('request ids are 128 random bits in 22 characters', () => {
    const ids = Array.from({ length: 100 }, () => newRequestId(randomBytes));
    for (const id of ids) expect(RequestId.safeParse(id).success).toBe(true);
    expect(new Set(ids).size).toBe(100);
  });
});
