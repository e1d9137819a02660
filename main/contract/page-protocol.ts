import { z } from 'zod';
import { MOST_PHOTO_TEXT, PhotoHints } from './application.ts';
import { CAMERA_TROUBLES, CAMERA_USES, MOST_CODES } from './camera.ts';
import { ServiceId } from './catalogue.ts';
import { OWN_KEYS } from './key-layout.ts';
import { localised, PublicLanguage } from './languages.ts';
import { Journey, Screen } from './screens.ts';
import { Filter } from './service-filter.ts';

/** What passes between a page and the core: the page sends intents, the core sends snapshots. */

export const Prefs = z
  .object({
    language: PublicLanguage,
    /** 1 normal, 2 larger, 3 largest. Nothing moves between them. */
    textSize: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    contrast: z.enum(['normal', 'high']),
    /** `low`: everything touchable sits in the lower part, for a person in a wheelchair. */
    height: z.enum(['normal', 'low']),
    ruby: z.boolean(),
  })
  .strict();
export type Prefs = z.infer<typeof Prefs>;

export const Snapshot = z
  .object({
    v: z.literal(1),
    /** Grows with every change of step. An intent for an older step is dropped: a double tap never presses twice. */
    step: z.number().int().nonnegative(),
    screen: Screen,
    /** "Are you still there?", over whatever screen is up. Whole seconds left. */
    warning: z.object({ secondsLeft: z.number().int(), extensionsLeft: z.number().int() }).strict().nullable(),
    prefs: Prefs,
    languages: z.array(PublicLanguage).min(1),
    line: z.enum(['online', 'offline']),
    staffCalled: z.boolean(),
    /** For a moment: a code was scanned that this screen has no use for. Nothing else happened. */
    scanNote: z.enum(['not-needed']).optional(),
    /** Which keys people have here; left out: none, and whatever types is a scanner. */
    keys: z.enum(OWN_KEYS).optional(),
    /** A personal session is open: removing the card ends it; an application has no card, its session is the form's. */
    session: z.boolean(),
    /** Size of the screen that shows, in mm; left out: sizes follow the window. */
    panel: z.object({ widthMm: z.number(), heightMm: z.number() }).strict().optional(),
    /** Which camera is for what, as the settings name them; left out: they name none. */
    cameras: z.object({ codes: z.string().nullable(), face: z.string().nullable() }).strict().optional(),
    terminal: z.object({ id: z.string(), name: localised(z.string()) }).strict(),
    environment: z.enum(['production', 'sandbox']),
  })
  .strict();
export type Snapshot = z.infer<typeof Snapshot>;

/** Everything a person can press. Which of them a screen knows is the core's business; others are dropped. */
export const Button = z.enum([
  ...Journey.options, // menu, attract
  'start', // attract
  'next',
  'back',
  'home', // gives up: ends the visit, and the session with it
  'self', // whose-card
  'child',
  'represented',
  'other',
  'agree', // terms
  'show-all', // terms: whole text
  'show-summary',
  'yes', // renewed-question
  'no',
  'confirm', // read-back
  'try-again', // pin-last-try: use the last try; card-problem: read once more
  'stop', // pin-last-try: keep the last try
  'print',
  'done', // result screens
  'charge', // service: points when money is put on
  'purchase', // service: points when something is bought
  'holder', // who-types: the card's holder
  'helper', // who-types: somebody for them
  'type', // finder: the kana keyboard
  'clear', // finder: no choices any more
  'previous-page', // lists
  'next-page',
  'scan', // entry, receipt-find: the camera
  'stop-scan',
  'later', // service: a slip for another day
  'next-person', // results: the family goes on
  'cancel-it', // receipt-state, receipt-cancel
  'no-form', // about-application, form-read: no form at hand
  'email', // contact-kind
  'phone',
  'none',
  'toggle-signature', // certificates
  'toggle-authentication',
  'normal', // photo-prepare: the usual way after all
  'cover', // photo-prepare: a head cover for religion or health
  'pose', // photo-prepare: cannot hold the pose
  'retake', // photo-advice, photo-review
  'use', // photo-advice, photo-review: this picture
]);
export type Button = z.infer<typeof Button>;

export const Intent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('press'), step: z.number().int().nonnegative(), button: Button }).strict(),
  /** A key of the PIN pad, by position (index into `layout`). The page never sends a digit. */
  z
    .object({ type: z.literal('pin-key'), step: z.number().int().nonnegative(), position: z.number().int().min(0).max(9) })
    .strict(),
  z
    .object({
      type: z.literal('pin-edit'),
      step: z.number().int().nonnegative(),
      edit: z.enum(['back', 'clear', 'ok', 'shuffle', 'unshuffle']),
    })
    .strict(),
  /**
   * One key of an on-screen keyboard, on the finder, an entry or the receipt number. A sign of the field's charset, or ゛ ゜ 小, which change
   * the last kana. The core folds; what does not belong there changes nothing, and an entry says so.
   */
  z.object({ type: z.literal('type'), step: z.number().int().nonnegative(), key: z.string().min(1).max(2) }).strict(),
  z
    .object({ type: z.literal('type-edit'), step: z.number().int().nonnegative(), edit: z.enum(['back', 'clear', 'ok']) })
    .strict(),
  /**
   * What a camera or a hand scanner read, with its AIM symbology identifier where that is known. Anything at all may be in it. `us`, `jis`: what
   * the same keys say on a US or a Japanese keyboard, where the scanner is one and they say something else than `text`. `also`: the other codes
   * in a camera's picture. It may come on every screen.
   */
  z
    .object({
      type: z.literal('scanned'),
      step: z.number().int().nonnegative(),
      text: z.string().max(512),
      us: z.string().max(512).optional(),
      jis: z.string().max(512).optional(),
      also: z
        .array(z.string().max(512))
        .max(MOST_CODES - 1)
        .optional(),
    })
    .strict(),
  z.object({ type: z.literal('find'), step: z.number().int().nonnegative(), filter: Filter.partial() }).strict(),
  /** A line of a list, by what it stands for: the list may have moved since it was drawn. */
  z
    .object({
      type: z.literal('choose'),
      step: z.number().int().nonnegative(),
      id: z.union([ServiceId, z.string().regex(/^[a-z0-9-]{2,40}$/)]),
    })
    .strict(),
  z.object({ type: z.literal('prefs'), prefs: Prefs.partial() }).strict(),
  z.object({ type: z.literal('call-staff') }).strict(),
  z.object({ type: z.literal('cancel-call') }).strict(),
  /** Any touch: restarts the idle clock. While the warning is up it is an extension. */
  z.object({ type: z.literal('active') }).strict(),
]);
export type Intent = z.infer<typeof Intent>;

export const PageMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), v: z.literal(1) }).strict(),
  z.object({ type: z.literal('intent'), intent: Intent }).strict(),
  /** Sent from a painted frame, with the step it shows: the host's watchdog feeds on it. */
  z.object({ type: z.literal('painted'), step: z.number().int().nonnegative() }).strict(),
  /** A picture, on the screen `photo` only: JPEG in base64, and what the page saw in it. Kept in the core's memory until it is sealed. */
  z
    .object({
      type: z.literal('photo'),
      step: z.number().int().nonnegative(),
      jpeg: z.base64().min(4).max(MOST_PHOTO_TEXT),
      hints: PhotoHints,
    })
    .strict(),
  /** How a camera does, for staff. */
  z
    .object({
      type: z.literal('camera'),
      use: z.enum(CAMERA_USES),
      state: z.enum(['running', ...CAMERA_TROUBLES]),
      standIn: z.boolean(),
      name: z.string().max(120).nullable(),
      found: z.array(z.string().max(120)).max(8),
    })
    .strict(),
  /** Asks for the picture of a screen that names its `shot`: a page that was loaded again has none. */
  z.object({ type: z.literal('want-photo'), shot: z.number().int().min(1) }).strict(),
]);
export type PageMessage = z.infer<typeof PageMessage>;

export const CoreMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), snapshot: Snapshot }).strict(),
  /** A message that was not understood; nothing happened. Never repeats what was sent. */
  z.object({ type: z.literal('refused'), code: z.enum(['malformed', 'too-large', 'too-many']) }).strict(),
  /** `null`: there is no such picture (any more). */
  z
    .object({ type: z.literal('photo'), shot: z.number().int().min(1), jpeg: z.base64().max(MOST_PHOTO_TEXT).nullable() })
    .strict(),
]);
export type CoreMessage = z.infer<typeof CoreMessage>;
/** Longest message on the Port, in bytes of UTF-8 JSON. */
export const MAX_PAGE_MESSAGE = 4 * 1024;
/** The same for `photo`, the one long message; it begins with `{"type":"photo"`, so that nothing else of that size is ever parsed. */
export const MAX_PHOTO_MESSAGE = MOST_PHOTO_TEXT + MAX_PAGE_MESSAGE;
