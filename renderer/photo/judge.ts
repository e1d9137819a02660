import type { PhotoHint, PhotoWay } from '../../main/contract/application.ts';
import { type Box, eyeArea, eyesAndCheeks, type Face, type Head, headOf, poseOf } from './face.ts';
import { backgroundOf, brightnessIn, type Grey, glareIn, sharpnessIn } from './pixels.ts';

/** What is looked at, whole: everything about a picture that a hint follows from. */
export interface Measures {
  readonly faces: number;
  /** The largest face's; `null`: there is none. */
  readonly face: FaceMeasures | null;
  /** Mean light of the face, or of the picture where there is no face. */
  readonly brightness: number;
  readonly busy: number;
  readonly uneven: number;
}

interface FaceMeasures {
  /** Of the head to the picture's height. */
  readonly size: number;
  /** From where the head should be, as parts of the picture's width and height. */
  readonly aside: number;
  readonly above: number;
  readonly tilt: number;
  readonly turn: number;
  /** Light of the eyes' surroundings to that of the cheeks below: dark glasses leave little. */
  readonly eyesLight: number;
  readonly glare: number;
  readonly sharpness: number;
}

/** Where the head's middle (the eyes) should be, as parts of width and height, and its height: the oval that the page draws. */
export const AIM = { x: 0.5, y: 0.46, height: 0.68 } as const;

/** Limits: measured on photographs and drawn faces; a hint is no refusal, so each is on the generous side. */
const LIMITS = {
  size: [0.5, 0.86],
  aside: 0.1,
  above: 0.13,
  /** Degrees. */
  tilt: 9,
  turn: 0.16,
  eyesLight: 0.4,
  brightness: [55, 225],
  glare: 0.03,
  sharpness: 20,
  busy: 0.22,
  uneven: 32,
} as const;

/** A second face counts when it is no smaller than this part of the first: a poster on the wall is not a person. */
const SECOND = 0.35;

/** @param grey the picture as it would be taken @param faces in it, in its own px */
export function measure(grey: Grey, faces: readonly Face[]): Measures {
  const bySize = [...faces].sort((a, b) => b.box.height - a.box.height);
  const [first] = bySize;
  if (first === undefined) {
    const all = { x: 0, y: 0, width: grey.width, height: grey.height };
    return { faces: 0, face: null, brightness: brightnessIn(grey, all), ...backgroundOf(grey, null) };
  }
  const head = headOf(first);
  return {
    faces: bySize.filter(({ box }) => box.height >= first.box.height * SECOND).length,
    face: {
      size: head.height / grey.height,
      aside: head.centre.x / grey.width - AIM.x,
      above: head.centre.y / grey.height - AIM.y,
      ...poseOf(first),
      eyesLight: eyesLight(grey, first),
      glare: glareIn(grey, eyeArea(first)),
      sharpness: sharpnessIn(grey, first.box),
    },
    brightness: brightnessIn(grey, first.box),
    ...backgroundOf(grey, hairOf(head, grey.height)),
  };
}

function eyesLight(grey: Grey, face: Face): number {
  const { eyes, cheeks } = eyesAndCheeks(face);
  const mean = (boxes: readonly Box[]) => boxes.reduce((sum, box) => sum + brightnessIn(grey, box), 0) / boxes.length;
  const cheek = mean(cheeks);
  return cheek === 0 ? 1 : mean(eyes) / cheek;
}

/** A head with its hair, down to the bottom: nothing below it is background either. */
function hairOf({ centre, height }: Head, bottom: number): Box {
  const top = centre.y - height * 0.62;
  return { x: centre.x - height * 0.48, y: top, width: height * 0.96, height: bottom - top };
}

/** Whoever cannot hold the pose is not told to; a cover that reaches the border is no background. The core holds the same rule. */
const SPARED: Record<PhotoWay, readonly PhotoHint[]> = {
  normal: [],
  cover: ['background'],
  pose: ['tilted', 'turned', 'eyes-hidden', 'off-centre'],
};

/** What is to be said of a picture, the most important first. Empty: nothing. */
export function hintsOf({ faces, face, brightness, busy, uneven }: Measures, way: PhotoWay): PhotoHint[] {
  const hints: PhotoHint[] = [];
  const say = (hint: PhotoHint, when: boolean) => {
    if (when && !SPARED[way].includes(hint)) hints.push(hint);
  };
  say('no-face', face === null);
  say('two-faces', faces > 1);
  if (face !== null) {
    say('too-small', face.size < LIMITS.size[0]);
    say('too-large', face.size > LIMITS.size[1]);
    say('off-centre', Math.abs(face.aside) > LIMITS.aside || Math.abs(face.above) > LIMITS.above);
    say('turned', Math.abs(face.turn) > LIMITS.turn);
    say('tilted', Math.abs(face.tilt) > LIMITS.tilt);
    say('eyes-hidden', face.eyesLight < LIMITS.eyesLight);
  }
  say('too-dark', brightness < LIMITS.brightness[0]);
  say('too-bright', brightness > LIMITS.brightness[1]);
  if (face !== null) {
    say('glare', face.glare > LIMITS.glare);
    say('background', busy > LIMITS.busy || uneven > LIMITS.uneven);
    say('blurred', face.sharpness < LIMITS.sharpness);
  }
  return hints;
}
