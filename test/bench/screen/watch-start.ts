import { setTimeout as sleep } from 'node:timers/promises';
import { alike, type Glass, type Pointer } from './glass.ts';
import type { RunningScreen } from './screens.ts';

/** What a screen looks like when it is up, and where it is pressed. */
export interface Look {
  readonly pixels: Uint32Array;
  readonly button: { readonly x: number; readonly y: number };
}

/** ms after the process was started. */
export interface Start {
  /** The picture is on the glass. */
  readonly painted: number;
  /** The first press that was answered was made then. */
  readonly touchable: number;
}

const LOOK_EVERY_MS = 4;
const PRESS_EVERY_MS = 40;
/** A card moves in the picture, so not every pixel is the same; another screen has far fewer. */
const THERE = 0.97;
const GONE = 0.92;
const LONGEST_MS = 60_000;

/** Looks at the display until the picture is there, and presses until something else is. */
export async function watchStart(screen: RunningScreen, look: Look, glass: Glass, pointer: Pointer): Promise<Start> {
  const since = () => performance.now() - screen.began;
  const until = async (fits: (likeness: number) => boolean, meanwhile: () => void = () => {}) => {
    for (;;) {
      if (since() > LONGEST_MS) throw new Error('the screen does not come up');
      if (fits(alike(glass.look(), look.pixels))) return since();
      meanwhile();
      await sleep(LOOK_EVERY_MS);
    }
  };
  pointer.move(look.button.x, look.button.y);
  const painted = await until((likeness) => likeness >= THERE);
  let touchable = Number.NaN;
  await until(
    (likeness) => likeness < GONE,
    () => {
      if (since() - touchable < PRESS_EVERY_MS) return;
      touchable = since();
      pointer.click();
    },
  );
  return { painted, touchable };
}
