import { z } from 'zod';
import { Hours } from './hours.ts';
import { OWN_KEYS } from './key-layout.ts';
import { localised, PublicLanguage } from './languages.ts';
import { Journey } from './screens.ts';
import { TerminalId, TermsRef } from './submission.ts';

const seconds = (least: number, most: number) => z.number().int().min(least).max(most);
const text = localised(z.string().min(1).max(200)).strict();

/** The resolved settings of one kiosk: defaults, then the profile, then the site file. Unknown keys are errors. */
export const Settings = z
  .object({
    environment: z
      .enum(['production', 'sandbox'])
      .describe('sandbox allows the virtual reader, an http: platform and the sandbox printer'),
    terminal: z.object({ id: TerminalId, name: text }).strict(),
    languages: z.array(PublicLanguage).min(1).describe('offered languages, the first is the one a visit starts in'),
    journeys: z.array(Journey).min(1).describe('what this terminal offers, in the order of the menu'),
    helpers: z
      .boolean()
      .describe(
        'people are helped at this terminal: who touches the screen is asked, signed, and a helped holder reads everything twice',
      ),
    hours: Hours.optional().describe('opening hours in Japan; without them the kiosk is always open'),
    panel: z
      .object({ widthMm: z.number().min(100).max(2000), heightMm: z.number().min(100).max(2000) })
      .strict()
      .optional()
      .describe(
        'size of the screen that shows, as it is mounted: a key is as large as a finger on any panel; without it sizes follow the window',
      ),
    reader: z
      .object({
        driver: z.enum(['pcsc', 'virtual']),
        host: z.string().min(1).optional().describe('virtual only: file of the card host to start'),
        names: z.array(z.string().min(1)).describe('a reader is used when its name holds one of these; empty: all readers'),
        extendedLength: z
          .enum(['auto', 'never'])
          .describe(
            'auto: one trial read, falls back to short APDUs; a kind of reader that hangs on it is remembered (reader.json in the data folder) and gets none again, until this says never for one start; never: no trial',
          ),
        nextCard: z
          .boolean()
          .describe(
            'provisional: takes cards of the next generation (P-384) as we expect them to be; their commands are not published',
          ),
        commandTimeoutSeconds: seconds(1, 60),
      })
      .strict(),
    platform: z
      .object({
        url: z.url(),
        sealingKeyFile: z.string().min(1).describe('JWK (public, P-256) that submissions are sealed to; relative to this file'),
        catalogueKeyFile: z
          .string()
          .min(1)
          .optional()
          .describe(
            'JWK (public, P-256) that the catalogue of services is signed with, for terminal.id; without it there is no sign-up',
          ),
        caFile: z
          .string()
          .min(1)
          .optional()
          .describe('the only authority believed before the enrolment of the device (PEM); without it: those of the system'),
        tls: z.object({ caFile: z.string(), certFile: z.string(), keyFile: z.string() }).strict().optional(),
        requestTimeoutSeconds: seconds(1, 60),
        waitForAnswerSeconds: seconds(1, 30).describe('how long a person waits for the answer before the slip says 受付'),
      })
      .strict(),
    outbox: z
      .object({
        maxRows: z.number().int().min(10).max(1_000_000),
        ballastBytes: z
          .number()
          .int()
          .min(0)
          .max(64 * 1024 * 1024),
        minFreeBytes: z.number().int().min(0),
        challengeStock: z.number().int().min(1).max(200),
        journalFolder: z
          .string()
          .min(1)
          .optional()
          .describe('where the second copy of the queue is written, best on another medium; default: beside the queue'),
      })
      .strict(),
    sync: z
      .object({
        pollSeconds: seconds(1, 3600).describe('how often the platform is asked for a sign of life while nothing waits'),
        catalogueSeconds: seconds(10, 86_400).describe('how often a newer catalogue is asked for'),
        backOffCapSeconds: seconds(1, 900).describe(
          'longest wait between two attempts; after an outage not all kiosks come back at once, but spread over about as long',
        ),
        startSpreadSeconds: z
          .number()
          .int()
          .min(0)
          .max(600)
          .describe('random wait after a start, so that not all kiosks come at once; a person ends it'),
        sparingSeconds: seconds(1, 3600)
          .optional()
          .describe('while the platform is sick it is asked six times, and then once in this time; 150 when left out'),
      })
      .strict(),
    cameras: z
      .object({
        codes: z
          .string()
          .min(1)
          .max(80)
          .optional()
          .describe('for codes: a part of its name or its USB id, C920 or 046d:082d; of two alike: C920 #2'),
        face: z.string().min(1).max(80).optional().describe('for the ID photo, likewise'),
      })
      .strict()
      .optional()
      .describe('which camera is for what, where there are two; their names are in the staff console, Health'),
    timeouts: z
      .object({
        idleSeconds: seconds(10, 600),
        warningSeconds: seconds(5, 60),
        extensions: z.number().int().min(0).max(100),
        pinAgainSeconds: seconds(1, 30).describe('from a refused PIN to the next one that the card is asked, at least'),
        pinLastSeconds: seconds(5, 60).describe(
          'the same before the try that may lock the card; a person who reads and types takes as long',
        ),
        slowCardSeconds: seconds(5, 120),
        goodbyeSeconds: seconds(1, 60),
        cardLeftAlarmSeconds: seconds(1, 120),
      })
      .strict(),
    pinPad: z.object({ shuffle: z.boolean().describe('start shuffled; the person can always change it') }).strict(),
    terms: z.array(TermsRef.extend({ file: z.string().min(1) }).strict()).min(1),
    printer: z
      .object({
        driver: z
          .enum(['none', 'sandbox', 'escpos', 'cups'])
          .describe('escpos: a receipt printer by its own commands; cups: any printer of the system, A4'),
        url: z.url().optional().describe('sandbox only: where the sandbox printer listens'),
        device: z.string().min(1).optional().describe('escpos only: a device file (/dev/usb/lp0), or tcp://HOST:9100'),
        baud: z
          .union([z.literal(9600), z.literal(19200), z.literal(38400), z.literal(57600), z.literal(115200)])
          .optional()
          .describe("escpos on a serial line only: bits a second, as the printer's switches say; without it the line's own"),
        flow: z
          .enum(['none', 'xon-xoff', 'rts-cts'])
          .optional()
          .describe(
            'escpos on a serial line only: who says that the printer is full; none (default), xon-xoff, or rts-cts by a wire',
          ),
        parity: z.enum(['none', 'even', 'odd']).optional().describe('escpos on a serial line only: default none'),
        dataBits: z
          .literal(8, { error: 'must be 8: with 7 bits neither Japanese nor pictures get through; set the printer to 8' })
          .optional()
          .describe('escpos on a serial line only: 8, as Japanese and pictures need'),
        stopBits: z
          .union([z.literal(1), z.literal(2)])
          .optional()
          .describe('escpos on a serial line only: default 1'),
        queue: z
          .string()
          .regex(/^[A-Za-z0-9._-]{1,60}$/)
          .optional()
          .describe('cups only: the printer queue'),
        paperMm: z.union([z.literal(58), z.literal(80)]).describe('width of the roll'),
        kanji: z
          .boolean()
          .describe('escpos: the printer has a kanji font (Shift_JIS); without one every line is sent as a picture'),
        qr: z
          .enum(['command', 'picture'])
          .describe('escpos: picture for a printer that prints k…MADO1R:… as text instead of a QR code (it lacks GS ( k)'),
      })
      .strict(),
    keyboard: z
      .enum(OWN_KEYS)
      .optional()
      .describe(
        'which keys people have on this kiosk; none (default): whatever types is a scanner, at any pace, and presses nothing; ten-key: a numeric pad, of which only its own keys count; full: any keyboard, and then a scanner slower than 100 ms a key is not told from a person',
      ),
    scanner: z
      .object({
        device: z
          .string()
          .regex(/^\/[\x21-\x7e]{1,200}$/)
          .optional()
          .describe(
            'a hand scanner that the core reads itself: /dev/input/by-id/...-event-kbd, kept out of the desktop by the udev rule in kiosk-config/system; without it a scanner types like a keyboard',
          ),
        layout: z
          .enum(['auto', 'us', 'jis'])
          .describe('the keyboard that the scanner is set to; auto: whichever makes a code of it'),
        prefix: z.string().max(20).describe('what the scanner sends before a code; taken off'),
        suffix: z.string().max(20).describe('what the scanner sends after a code, before its line end; taken off'),
      })
      .strict()
      .optional()
      .describe('hand scanner; without it: a keyboard, layout auto, nothing before or after a code'),
    staff: z
      .object({
        idleSeconds: seconds(15, 1800).describe('the console closes by itself after so long without a touch'),
        mediaFolder: z.string().min(1).describe('where USB media are mounted, one folder each'),
        threshold: z.number().int().min(1).max(20).describe('a smaller count is shown as "few" in reports'),
      })
      .strict(),
    log: z.object({ level: z.enum(['debug', 'info', 'warn', 'error']) }).strict(),
  })
  .strict();
export type Settings = z.infer<typeof Settings>;
