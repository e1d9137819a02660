import { Buffer } from 'node:buffer';

/** RFC 4648 with padding, of exactly these bytes: nothing is copied, and nothing of the buffer around them comes along. */
export const base64 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');
