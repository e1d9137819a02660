import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from '@playwright/test';
import type { Button } from '../../../main/contract/page-protocol.ts';
import { testForm } from '../../sandbox/platform/forms.ts';
import { accountOf } from '../../sandbox/providers/accounts.ts';
import type { Sandbox } from '../../sandbox/start/sandbox.ts';
import type { CardStateName } from '../../sandbox/virtual-card/card.ts';
import { touch } from './touch.ts';

export const JOURNEYS = ['check', 'set-up', 'sign-up', 'status', 'municipal', 'card-application', 'receipt-lookup'] as const;
export type Journey = (typeof JOURNEYS)[number];

/** No finger taps one key again so soon, ms: the kiosk takes it for a panel that bounces. */
const TAP_MS = 70;
/** What サクラザ finds. */
const SERVICE = 'sakura-prepaid';
const POLICY = '990101-childbirth';
const CARD: CardStateName = 'fresh';
/** Screens that the card, the platform or the clock ends. */
const WAITS = new Set(['reading-card', 'signing', 'delivering', 'goodbye', 'hand-over', 'renewed-wait']);
/** What leads on, the first that there is. A result is left before anything else is begun on it. */
const ONWARD: readonly Button[] = [
  'done',
  'agree',
  'confirm',
  'next',
  'self',
  'holder',
  'charge',
  'yes',
  'none',
  'use',
  'try-again',
  'no',
];
const NO: ReadonlySet<string> = new Set(['form-moved', 'braille', 'renewed-question', 'has-id']);
const LONGEST_MS = 120_000;

/** Somebody who goes through a journey to its end by touch, whatever screens it has, and steps back once from each that can be stepped back from. */
export interface Person {
  /** From the attract screen to the attract screen. */
  go(journey: Journey): Promise<void>;
}

export function createPerson(page: Page, { cards }: Sandbox): Person {
  let receipt = '';
  let fields: string[] = [];
  // The finder keeps what was typed: a second way through it is not the first.
  const steppedBack = new Set(['service']);

  /** Name and step in one look: it may move on between two. After a visit the page is a new document, which has no screen for a moment. */
  const look = () =>
    page.evaluate(() => {
      const { screen = '', step = '' } = document.querySelector<HTMLElement>('[data-screen]')?.dataset ?? {};
      return { name: screen, step };
    });
  const now = async () => {
    for (const until = Date.now() + LONGEST_MS; ; await sleep(20)) {
      const seen = await look().catch(() => null);
      if (seen !== null && seen.name !== '') return seen;
      if (Date.now() > until) throw new Error('no screen');
    }
  };
  const isThere = (place: Locator) => place.first().isVisible();
  const button = (name: string) => page.locator(`[data-button="${name}"]`);
  const tap = async (place: Locator) => {
    await touch(page, place.first());
    await sleep(TAP_MS);
  };
  const type = async (text: string) => {
    for (const sign of text) await tap(page.locator(`[data-key="${sign}"]`));
    await tap(page.locator('[data-edit="ok"]'));
  };
  /** By the kana keyboard: it leaves one service, which is chosen by that. Nothing before is another step. */
  const find = async () => {
    await tap(button('type'));
    for (const sign of ['サ', 'ク', 'ラ', 'サ', '゛']) await tap(page.locator(`[data-key="${sign}"]`));
    await tap(page.locator('[data-edit="ok"]'));
  };
  const readToTheEnd = async () => {
    while (await isThere(page.locator('[data-read-on]'))) await tap(page.locator('[data-read-on]'));
  };
  const noteReceipt = async () => {
    const number = /\d{3}-\d{3}-\d{4}/.exec(await page.locator('main').innerText())?.[0];
    if (number !== undefined) receipt = number.replaceAll('-', '');
  };
  const onward = async (screen: string) => {
    await noteReceipt();
    await readToTheEnd();
    const wanted = NO.has(screen) ? ['no', ...ONWARD] : ONWARD;
    for (const name of wanted) if (await isThere(button(name))) return tap(button(name));
    throw new Error(`nothing leads on from ${screen}`);
  };
  const shoot = async () => {
    await page.locator('.photo-view[data-camera="running"]').waitFor();
    await tap(page.locator('[data-act="shutter"][aria-disabled="false"]'));
  };

  const act = async (screen: string, journey: Journey): Promise<void> => {
    if (WAITS.has(screen)) return;
    if (screen === 'attract') return tap(button('start'));
    if (screen === 'menu') return tap(button(journey));
    if (screen === 'insert-card') return void (await cards.lay(CARD));
    if (screen === 'take-card') return cards.takeOff();
    if (screen === 'finder') return find();
    if (screen === 'policies') return tap(page.locator(`[data-choose="${POLICY}"]`));
    if (screen === 'entry') return type(fields.shift() ?? '');
    if (screen === 'form-read' || screen === 'form-again') return type(testForm(0));
    if (screen === 'receipt-find') return type(receipt);
    if (screen === 'photo') return shoot();
    if (screen === 'no-catalogue') {
      await sleep(1000);
      return tap(button('back'));
    }
    if (screen === 'pin') {
      for (const digit of cards.pinOf(CARD)) await tap(page.locator('[data-position]', { hasText: digit }));
      return tap(page.locator('[data-edit="ok"]'));
    }
    return onward(screen);
  };

  /** Waits for another step. */
  const change = async (step: string) => {
    await page.waitForFunction((old) => document.querySelector('[data-screen]')?.getAttribute('data-step') !== old, step, {
      timeout: LONGEST_MS,
    });
  };

  return {
    async go(journey) {
      fields = [];
      const { account, codes } = accountOf(SERVICE, 1);
      fields.push(account, ...codes);
      let away = false;
      for (;;) {
        const { name, step } = await now();
        if (name === 'attract' && away) return;
        away ||= name !== 'attract';
        // Once from each kind of screen, and only while nobody's card or form is in it.
        if (!steppedBack.has(name) && !(await hasSession()) && (await isThere(button('back')))) {
          steppedBack.add(name);
          await tap(button('back'));
        } else await act(name, journey);
        await change(step);
      }
    },
  };

  /** A card lies on the reader, or a form has been read. */
  async function hasSession(): Promise<boolean> {
    if (cards.onReader !== null) return true;
    const { name } = await now();
    return /^(form-|contact|certificates|braille|photo|application)/.test(name);
  }
}
