/**
 * Zeros in memory of their own, for what must be gone once it was overwritten. `new Uint8Array(n)` and `slice()` will not do: up to 64 bytes
 * lie in V8's heap, where the collector moves them and leaves what they held behind.
 */
export function secretBytes(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(length));
}
