/// <reference path="./wasm-url.d.ts" />
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** One frame in, its text out (null: no code in it). One at a time: the page sends the next when the last has been answered. */
export interface FrameReply {
  readonly text: string | null;
}

// The file that was bundled with the page; nothing comes from elsewhere.
prepareZXingModule({ overrides: { locateFile: () => wasm } });

const OPTIONS: ReaderOptions = {
  formats: ['QRCode', 'DataMatrix', 'Code128', 'Code39', 'Codabar', 'ITF', 'EAN13', 'EAN8', 'UPCA'],
  tryHarder: true,
  maxNumberOfSymbols: 1,
};

self.onmessage = async ({ data }: MessageEvent<ImageData>) => {
  let text: string | null = null;
  try {
    const [code] = await readBarcodes(data, OPTIONS);
    text = code?.isValid === true && code.text !== '' ? code.text : null;
  } catch {
    // A frame that cannot be read is a frame without a code.
  }
  self.postMessage({ text } satisfies FrameReply);
};
