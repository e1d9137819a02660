/** A picture by its light, 0 to 255 at a pixel. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly light: (x: number, y: number) => number;
}

/** A symbol's modules: `true` is dark. A bar code has one row. */
export type Modules = readonly (readonly boolean[])[];

/** How a symbol lies in a picture, and what the light does to it. Lengths in px. */
export interface DrawnSymbol {
  readonly module: number;
  /** Height of a bar code's bars; nothing for one of squares. */
  readonly tall?: number;
  readonly at?: { readonly x: number; readonly y: number };
  /** Degrees, clockwise. */
  readonly turned?: number;
  readonly inverted?: boolean;
  readonly mirrored?: boolean;
  /** Light of black and of white. */
  readonly from?: readonly [number, number];
  /** Strength of a grain, the same in every run. */
  readonly noise?: number;
  /** A spot that blinds, in the symbol's upper left quarter. */
  readonly glare?: boolean;
}

export const FRAME = { width: 960, height: 540 } as const;
const SAMPLES = 2;

const grain = (x: number, y: number): number => {
  const n = Math.sin(x * 12.9898 + y * 78.233) * 43758.5453;
  return n - Math.floor(n) - 0.5;
};

/** A camera's frame with the symbols in it. What comes first lies below. */
export function drawCodes(
  all: readonly (readonly [Modules, DrawnSymbol])[],
  frame: Pick<Grey, 'width' | 'height'> = FRAME,
): Grey {
  const drawn = all.map(([modules, drawnSymbol]) => symbolAt(modules, drawnSymbol, frame));
  const grainy = all.reduce((most, [, { noise = 0 }]) => Math.max(most, noise), 0);
  const light = (x: number, y: number): number => {
    let sum = 0;
    // Nothing of a symbol is near.
    if (drawn.every(({ centre, reach }) => Math.hypot(x - centre.x, y - centre.y) > reach + 1)) return 235 + grainy * grain(x, y);
    for (let i = 0; i < SAMPLES; i += 1)
      for (let j = 0; j < SAMPLES; j += 1) {
        const [px, py] = [x + (i + 0.5) / SAMPLES, y + (j + 0.5) / SAMPLES];
        let here = 235;
        for (const symbol of drawn) here = symbol.at(px, py) ?? here;
        sum += here;
      }
    return Math.min(255, Math.max(0, sum / SAMPLES ** 2 + grainy * grain(x, y)));
  };
  return { ...frame, light };
}

function symbolAt(modules: Modules, drawnSymbol: DrawnSymbol, frame: Pick<Grey, 'width' | 'height'>) {
  const { module, tall, at = { x: frame.width / 2, y: frame.height / 2 }, turned = 0, from = [20, 235] } = drawnSymbol;
  const across = (modules[0]?.length ?? 0) * module;
  const down = tall ?? modules.length * module;
  const angle = (turned * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const margin = tall === undefined ? module * 4 : module * 10;
  const look = (x: number, y: number): number | null => {
    const [dx, dy] = [x - at.x, y - at.y];
    const u = dx * cos + dy * sin + across / 2;
    const v = dy * cos - dx * sin + down / 2;
    if (u < -margin || v < -margin || u >= across + margin || v >= down + margin) return null;
    if (drawnSymbol.glare === true && Math.hypot(u - across * 0.3, v - down * 0.3) < across * 0.08) return 255;
    const column = Math.floor((drawnSymbol.mirrored === true ? across - u : u) / module);
    const row = tall === undefined ? Math.floor(v / module) : v >= 0 && v < down ? 0 : -1;
    const dark = modules[row]?.[column] === true;
    return from[dark !== (drawnSymbol.inverted === true) ? 0 : 1];
  };
  return { at: look, centre: at, reach: Math.hypot(across, down) / 2 + margin };
}

/** Out of focus: the mean of a square around each pixel. @param reach px to each side */
export function blurred({ width, height, light }: Grey, reach: number): Grey {
  const sharp = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) sharp[y * width + x] = light(x, y);
  return {
    width,
    height,
    light(x, y) {
      let sum = 0;
      let count = 0;
      for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row += 1)
        for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column += 1) {
          sum += sharp[row * width + column] ?? 0;
          count += 1;
        }
      return sum / count;
    },
  };
}

/** As the page's canvas gives it. */
export function toPixels({ width, height, light }: Grey): ImageData {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) data.fill(light(x, y), (y * width + x) * 4, (y * width + x) * 4 + 3);
  return { width, height, data, colorSpace: 'srgb' } as ImageData;
}
