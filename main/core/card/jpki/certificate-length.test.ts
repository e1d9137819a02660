import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ensureTestPki } from '../../../../test/sandbox/pki/index.ts';
import { runs } from '../../../../test/support/runs.ts';
import { certificateLength } from './certificate-length.ts';

test.each<[string, string, number | null]>([
  ['the measured certificate', '3082062B', 1583],
  ['the shortest', '30820000', 4],
  ['the longest', '3082FFFF', 65_539],
  ['filler', 'FFFFFFFF', null],
  ['a short form', '30800000', null],
  ['one length byte', '30810400', null],
  ['another tag', '3182062B', null],
  ['three bytes', '308206', null],
  ['nothing', '', null],
])('%s', (_, hex, expected) => {
  expect(certificateLength(Buffer.from(hex, 'hex'))).toBe(expected);
});

test('the length of every test certificate, whatever follows it', async () => {
  const { persons } = await ensureTestPki();
  for (const { authCertDer } of persons)
    expect(certificateLength(Buffer.concat([authCertDer, Buffer.alloc(99, 0xff)]))).toBe(authCertDer.length);
});

test('random bytes never throw; only 30 82 is a certificate', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      const length = certificateLength(bytes);
      const starts = bytes.length >= 4 && bytes[0] === 0x30 && bytes[1] === 0x82;
      expect(length === null).toBe(!starts);
    }),
    { numRuns: runs(5000) },
  );
});
