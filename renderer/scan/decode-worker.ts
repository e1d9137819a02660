/// <reference path="./wasm-url.d.ts" />
import { prepareZXingModule } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { readCodes, type Seen } from './read-codes.ts';

/** One frame in, its codes out. One at a time: the page sends the next when the last has been answered. */
export interface FrameReply {
  readonly seen: readonly Seen[];
}

// The file that was bundled with the page; nothing comes from elsewhere.
prepareZXingModule({ overrides: { locateFile: () => wasm } });

self.onmessage = async ({ data }: MessageEvent<ImageData>) => {
  // A frame that cannot be read is a frame without a code.
  const seen = await readCodes(data).catch(() => []);
  self.postMessage({ seen } satisfies FrameReply);
};
