import { Buffer } from 'node:buffer';
import type { PhotoHint } from '../../main/contract/application.ts';
import { type Button, CoreMessage, type Intent, type PageMessage, type Snapshot } from '../../main/contract/page-protocol.ts';
import type { ScreenName } from '../../main/contract/screens.ts';
import type { Port } from '../../main/transport/message-port.ts';

/** A page without a picture: what a person would see and touch, over a real Port. */
export interface PageDriver {
  /** The newest snapshot. @throws before the first one came */
  readonly now: Snapshot;
  /** Every snapshot that arrived, oldest first. */
  readonly seen: readonly Snapshot[];
  readonly refused: readonly string[];
  /** Answers to `wantPhoto`, oldest first. */
  readonly pictures: readonly { readonly shot: number; readonly jpeg: string | null }[];
  readonly closed: boolean;
  /** @returns the newest snapshot once it fits. @throws when the Port closes first */
  until(fits: (snapshot: Snapshot) => boolean): Promise<Snapshot>;
  /** Waits until one of these screens is up. */
  see(...names: ScreenName[]): Promise<Snapshot>;
  press(button: Button): void;
  /** Presses a button and waits for the screen after it. */
  go(button: Button, ...names: ScreenName[]): Promise<Snapshot>;
  /** Finds the digits on the pad that is up, and presses ok. */
  enterPin(pin: string): void;
  send(intent: Intent): void;
  sendText(text: string): void;
  /** Sends a picture to the screen that is up. */
  sendPhoto(jpeg: Uint8Array, hints?: readonly PhotoHint[]): void;
  /** Asks for the picture of a screen. @returns its bytes; null: there is none */
  wantPhoto(shot: number): Promise<Buffer | null>;
  close(): void;
}

export function drivePage(port: Port): PageDriver {
  const seen: Snapshot[] = [];
  const refused: string[] = [];
  const pictures: { shot: number; jpeg: string | null }[] = [];
  const waiting = new Set<() => void>();
  let closed = false;
  const look = () => {
    for (const check of [...waiting]) check();
  };
  port.onMessage((text) => {
    const message = CoreMessage.parse(JSON.parse(text));
    if (message.type === 'snapshot') seen.push(message.snapshot);
    else if (message.type === 'photo') pictures.push({ shot: message.shot, jpeg: message.jpeg });
    else refused.push(message.code);
    look();
  });
  port.onClose(() => {
    closed = true;
    look();
  });
  const say = (message: PageMessage) => void port.send(JSON.stringify(message));
  say({ type: 'hello', v: 1 });

  const newest = (): Snapshot => {
    const last = seen.at(-1);
    if (last === undefined) throw new Error('no snapshot yet');
    return last;
  };
  const until: PageDriver['until'] = (fits) =>
    new Promise((resolve, reject) => {
      const check = () => {
        const last = seen.at(-1);
        const found = last !== undefined && fits(last);
        if (!found && !closed) return;
        waiting.delete(check);
        if (found) resolve(last);
        else reject(new Error(`the Port closed at ${last?.screen.name ?? 'nothing'}`));
      };
      waiting.add(check);
      check();
    });
  const send = (intent: Intent) => say({ type: 'intent', intent });
  const press = (button: Button) => send({ type: 'press', step: newest().step, button });
  const see: PageDriver['see'] = (...names) => until(({ screen }) => names.includes(screen.name));

  return {
    get now() {
      return newest();
    },
    seen,
    refused,
    pictures,
    get closed() {
      return closed;
    },
    until,
    see,
    press,
    async go(button, ...names) {
      const { step } = newest();
      press(button);
      return until((next) => next.step > step && names.includes(next.screen.name));
    },
    enterPin(pin) {
      const { step, screen } = newest();
      if (screen.name !== 'pin') throw new Error(`no PIN pad on ${screen.name}`);
      const { layout } = screen;
      for (const digit of pin) send({ type: 'pin-key', step, position: layout.indexOf(Number(digit)) });
      send({ type: 'pin-edit', step, edit: 'ok' });
    },
    send,
    sendText: (text) => void port.send(text),
    sendPhoto: (jpeg, hints = []) =>
      say({ type: 'photo', step: newest().step, jpeg: Buffer.from(jpeg).toString('base64'), hints: [...hints] }),
    wantPhoto: (shot) =>
      new Promise((resolve) => {
        const had = pictures.length;
        const check = () => {
          const answer = pictures.slice(had).find((one) => one.shot === shot);
          if (answer === undefined) return;
          waiting.delete(check);
          resolve(answer.jpeg === null ? null : Buffer.from(answer.jpeg, 'base64'));
        };
        waiting.add(check);
        say({ type: 'want-photo', shot });
      }),
    close: () => port.close(),
  };
}

/** From the attract screen to "lay your card on", in the shortest way. */
export async function walkToCard(
  page: PageDriver,
  { whose = 'self', helped = false }: { readonly whose?: 'self' | 'child'; readonly helped?: boolean } = {},
): Promise<void> {
  await page.see('attract', 'goodbye');
  await page.go('start', 'menu');
  await page.go('set-up', 'about-set-up');
  await page.go('next', 'whose-card');
  await page.go(whose, 'who-types', 'terms');
  // Asked only where people are helped.
  if (page.now.screen.name === 'who-types') await page.go(helped ? 'helper' : 'holder', 'terms');
  while (page.now.screen.name === 'terms') await page.go('agree', 'terms', 'insert-card');
}

/**
 * From the attract screen to the PIN pad. @param lay puts the card on the reader
 * @throws the name of the screen where the kiosk sends the person away instead
 */
export async function walkToPin(page: PageDriver, lay: () => void): Promise<Snapshot> {
  await walkToCard(page);
  lay();
  const { screen } = await page.see('read-back', 'expiring-notice', 'renewed-question', 'card-problem', 'cannot-accept');
  if (screen.name === 'expiring-notice') await page.go('next', 'read-back');
  else if (screen.name === 'renewed-question') await page.go('no', 'read-back');
  else if (screen.name !== 'read-back') throw new Error(screen.name);
  const next = await page.go('confirm', 'pin', 'pin-last-try');
  return next.screen.name === 'pin' ? next : page.go('try-again', 'pin');
}
