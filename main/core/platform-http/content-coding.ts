import { promisify } from 'node:util';
import {
  brotliDecompress,
  constants,
  gunzip as gunzipWithCallback,
  inflateRaw as inflateRawWithCallback,
  inflate as inflateWithCallback,
  zstdDecompress,
} from 'node:zlib';

const gunzip = promisify(gunzipWithCallback);
const inflate = promisify(inflateWithCallback);
const inflateRaw = promisify(inflateRawWithCallback);
const brotli = promisify(brotliDecompress);
const zstd = promisify(zstdDecompress);

/** What `decoded` reads, as Accept-Encoding names it. */
export const ACCEPTED_CODINGS = 'gzip, deflate, br, zstd';
/** Nobody codes twice on purpose; a proxy on top of a proxy may. */
const MOST_CODINGS = 3;

/**
 * A body without its content codings (RFC 9110 section 8.4). Done here and not by undici's interceptor: that one passes errors over
 * unless told, and knows no deflate without the zlib wrapper, which some proxies send.
 * @param most bytes of the decoded body @returns null: a coding that is not known, broken data, or more than `most` bytes
 */
export async function decoded(
  body: Buffer,
  contentEncoding: string | readonly string[] | undefined,
  most: number,
): Promise<Buffer | null> {
  const names = [contentEncoding ?? []].flat().join(',').split(',');
  const codings = names.map((name) => name.trim().toLowerCase()).filter((name) => name !== '' && name !== 'identity');
  if (codings.length > MOST_CODINGS) return null;
  let bytes = body;
  try {
    // The last one named was put on last.
    for (const coding of codings.toReversed()) {
      const next = await decodeOne(bytes, coding, most);
      if (next === null) return null;
      bytes = next;
    }
  } catch {
    return null;
  }
  return bytes.length > most ? null : bytes;
}

/** @throws on broken data, and where it would become too much */
function decodeOne(bytes: Buffer, coding: string, maxOutputLength: number): Promise<Buffer> | null {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return gunzip(bytes, { maxOutputLength });
    case 'deflate':
      // RFC 1950 begins with compression method 8; without that it is a bare RFC 1951 stream.
      return ((bytes[0] ?? 0) & 0x0f) === 8 ? inflate(bytes, { maxOutputLength }) : inflateRaw(bytes, { maxOutputLength });
    case 'br':
      return brotli(bytes, { maxOutputLength });
    case 'zstd':
      // RFC 9659: no more than 8 MB of window may be asked of a reader.
      return zstd(bytes, { maxOutputLength, params: { [constants.ZSTD_d_windowLogMax]: 23 } });
    default:
      return null;
  }
}
