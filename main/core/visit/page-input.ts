import { Buffer } from 'node:buffer';
import type { PublicLanguage } from '../../contract/languages.ts';
import type { Log } from '../../contract/log-events.ts';
import type { Intent, PageMessage, Prefs, Snapshot } from '../../contract/page-protocol.ts';
import type { CurrentApplication } from '../journeys/card-application/current-application.ts';
import { readPhoto } from '../photo/jpeg.ts';
import type { ScanGate } from '../scan/scan-gate.ts';
import { base64 } from '../seal/base64.ts';
import type { DeviceTrials } from './device-trial.ts';
import type { VisitEvent } from './types.ts';

export interface PageInputDeps {
  /** What is up, as the page has it. */
  readonly snapshot: () => Snapshot;
  readonly send: (event: VisitEvent) => void;
  readonly scans: Pick<ScanGate, 'pass' | 'say'>;
  readonly trials: Pick<DeviceTrials, 'saw'>;
  readonly applications: Pick<CurrentApplication, 'current'>;
  readonly languages: readonly PublicLanguage[];
  readonly log: Log;
}

/** What the page sends as `photo`. */
type PagePhoto = Omit<Extract<PageMessage, { type: 'photo' }>, 'type'>;
type ScannedIntent = Extract<Intent, { type: 'scanned' }>;

/** What a page says, and what of it counts: only what fits the screen that is up, and nothing of it is believed. Never throws. */
export class PageInput {
  private readonly deps: PageInputDeps;

  constructor(deps: PageInputDeps) {
    this.deps = deps;
  }

  handle(intent: Intent): void {
    const { send, snapshot, languages } = this.deps;
    if (intent.type === 'scanned') {
      this.scanned(intent);
      return;
    }
    if (!('step' in intent)) {
      if (intent.type === 'prefs') send({ type: 'prefs', prefs: offered(intent.prefs, languages) });
      else if (intent.type !== 'active') send(intent);
      send({ type: 'active' });
      return;
    }
    // While the question "are you still there?" is up, a touch answers only that.
    const { warning, step } = snapshot();
    send({ type: 'active' });
    if (warning === null && intent.step === step) send(intent);
  }

  /** A picture for the screen `photo`. One that is not of the limits, or of another step, does nothing. */
  photo({ step: at, jpeg, hints }: PagePhoto): void {
    const { applications, log, send, snapshot } = this.deps;
    const { warning, step, screen } = snapshot();
    send({ type: 'active' });
    if (warning !== null || at !== step || screen.name !== 'photo') return;
    const bytes = Buffer.from(jpeg, 'base64');
    const read = readPhoto(bytes);
    bytes.fill(0);
    if (!read.ok) {
      log('port.refused', { reason: `photo.${read.error}` });
      return;
    }
    if (applications.current?.takePhoto(read.value, hints) === true) send({ type: 'photo-taken', hints });
  }

  /** The picture that a screen names as its `shot`, JPEG in base64. `null`: there is none (any more). */
  picture(shot: number): string | null {
    const { screen } = this.deps.snapshot();
    const photo = this.deps.applications.current?.photo ?? null;
    if (photo === null || photo.shot !== shot || !('shot' in screen) || screen.shot !== shot) return null;
    return base64(photo.jpeg);
  }

  private scanned(intent: ScannedIntent): void {
    const { scans, send, snapshot, trials } = this.deps;
    const seen = snapshot();
    const here = seen.warning === null && intent.step === seen.step;
    const fate = scans.pass(intent, here ? seen.screen : null);
    if (fate.do === 'nothing') return;
    if (fate.do === 'take' && seen.screen.name === 'out-of-order') {
      trials.saw(intent);
      return;
    }
    if (fate.do === 'take') {
      // Somebody at a screen that asked for a code is at work; any other scan restarts no clock and answers no question.
      send({ type: 'active' });
      send({ type: 'scanned', text: fate.text, also: intent.also ?? [] });
      // The finder has no words of its own for a code of no service.
      if (seen.screen.name !== 'finder' || snapshot().step !== seen.step) return;
    }
    scans.say();
  }
}

/** Only what was really said, and only a language that this terminal offers. */
function offered(wish: Extract<Intent, { type: 'prefs' }>['prefs'], languages: readonly PublicLanguage[]): Partial<Prefs> {
  const said = Object.entries(wish).filter(
    ([key, value]) => value !== undefined && (key !== 'language' || languages.includes(value as PublicLanguage)),
  );
  return Object.fromEntries(said);
}
