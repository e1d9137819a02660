/** Frames on the local socket: 4 bytes length (big-endian, of the payload), then the payload: UTF-8 JSON. */
export function encodeFrame(text: string): Buffer {
  const payload = Buffer.from(text, 'utf8');
  const frame = Buffer.allocUnsafe(4 + payload.length);
  frame.writeUInt32BE(payload.length, 0);
  payload.copy(frame, 4);
  return frame;
}

/**
 * Cuts a byte stream into frames. Holds at most one unfinished frame of `maxBytes`.
 * @returns a function: takes the next chunk, gives the texts it completes, or `null` when a frame claims to be longer than
 * allowed (the stream cannot be read any further).
 */
export function createFrameReader(maxBytes: number): (chunk: Uint8Array) => string[] | null {
  let chunks: Uint8Array[] = [];
  let have = 0;
  let need = 4;
  let header = true;

  const take = (count: number): Buffer => {
    const all = Buffer.concat(chunks, have);
    chunks = have > count ? [all.subarray(count)] : [];
    have -= count;
    return all.subarray(0, count);
  };

  return (chunk) => {
    if (chunk.length > 0) chunks.push(chunk);
    have += chunk.length;
    const texts: string[] = [];
    while (have >= need) {
      if (header) {
        need = take(4).readUInt32BE(0);
        if (need > maxBytes) return null;
        header = false;
      } else {
        texts.push(take(need).toString('utf8'));
        need = 4;
        header = true;
      }
    }
    return texts;
  };
}
