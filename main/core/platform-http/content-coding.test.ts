import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decoded } from './content-coding.ts';

const TEXT = Buffer.from('{"results":[]}'.repeat(50));
const MOST = 10_000;
const LONG = Buffer.alloc(MOST + 1);

describe('content codings', () => {
  it.each([
    ['nothing', undefined, TEXT],
    ['identity', 'identity', TEXT],
    ['gzip', 'gzip', gzipSync(TEXT)],
    ['gzip by its old name, in capitals', 'X-GZIP', gzipSync(TEXT)],
    ['deflate', 'deflate', deflateSync(TEXT)],
    ['deflate without its wrapper', 'deflate', deflateRawSync(TEXT)],
    ['br', 'br', brotliCompressSync(TEXT)],
    ['zstd', 'zstd', zstdCompressSync(TEXT)],
    ['two, the last one outermost', 'gzip, br', brotliCompressSync(gzipSync(TEXT))],
    ['two headers', ['gzip', 'zstd'], zstdCompressSync(gzipSync(TEXT))],
  ])('reads %s', async (_name, header, body) => {
    expect(await decoded(body, header, MOST)).toEqual(TEXT);
  });

  it.each<[string, string | undefined, Buffer]>([
    ['a coding that is not known', 'compress', TEXT],
    ['data that is none', 'gzip', TEXT],
    ['half of it', 'gzip', gzipSync(TEXT).subarray(0, 40)],
    ['too many on top of each other', 'gzip, gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(gzipSync(TEXT))))],
    ['plain, too long', undefined, LONG],
    ['a small gzip that becomes too long', 'gzip', gzipSync(LONG)],
    ['a small deflate that becomes too long', 'deflate', deflateSync(LONG)],
    ['a small br that becomes too long', 'br', brotliCompressSync(LONG)],
    ['a small zstd that becomes too long', 'zstd', zstdCompressSync(LONG)],
  ])('refuses %s', async (_name, header, body) => {
    expect(await decoded(body, header, MOST)).toBeNull();
  });
});
