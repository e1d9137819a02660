import type { Application, CardImage, FileNode } from './image.ts';
import type { Lockout } from './memory.ts';

export type PinNode = Extract<FileNode, { kind: 'pin' }>;

/** What a PIN file holds besides its image. */
export interface PinState {
  tries: number;
  value: string;
  verified: boolean;
}

/** The changing state of one card: what is selected, the counters, what has been verified. */
export interface Chip {
  readonly image: CardImage;
  application: Application | null;
  /** Current EF; null after the selection of an application. */
  file: number | null;
  readonly pins: ReadonlyMap<string, PinState>;
}

export const pinId = (application: Application, file: number): string =>
  `${application.aid}/${file.toString(16).toUpperCase().padStart(4, '0')}`;

/** @param remembered counters from an earlier life of the same card */
export function createChip(image: CardImage, remembered: Lockout): Chip {
  const pins = new Map<string, PinState>();
  for (const application of image.applications)
    for (const [file, node] of application.files)
      if (node.kind === 'pin') {
        const id = pinId(application, file);
        pins.set(id, { tries: Math.min(remembered[id] ?? node.tries, node.max), value: node.value, verified: false });
      }
  return { image, application: null, file: null, pins };
}

export const triesOf = (chip: Chip): Lockout => Object.fromEntries([...chip.pins].map(([id, { tries }]) => [id, tries]));

export function pinState(chip: Chip, application: Application, file: number): PinState {
  const state = chip.pins.get(pinId(application, file));
  if (state === undefined) throw new Error('a PIN file without a counter');
  return state;
}

/** Any reset ends the selection; only the loss of power forgets what was verified (SOURCES.md, Card: PIN and VERIFY). */
export function resetChip(chip: Chip, power: 'kept' | 'lost'): void {
  chip.application = null;
  chip.file = null;
  if (power === 'lost') for (const state of chip.pins.values()) state.verified = false;
}
