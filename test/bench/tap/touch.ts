import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Locator, Page } from '@playwright/test';

/** So long a finger lies on a button, ms. */
const HELD_MS = 80;
const panels = new WeakMap<Page, Promise<CDPSession>>();

function panelOf(page: Page): Promise<CDPSession> {
  const known = panels.get(page);
  if (known !== undefined) return known;
  const made = page.context().newCDPSession(page);
  panels.set(page, made);
  return made;
}

/** A touch as a finger makes it: down, for a moment, up. A lift at once would wait behind its own landing, and the time be the browser's. */
export async function touch(page: Page, place: Locator): Promise<void> {
  const panel = await panelOf(page);
  // Waits until it can be touched, and touches nothing.
  await place.tap({ trial: true });
  const box = await place.boundingBox();
  if (box === null) throw new Error('nothing to touch');
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
  await panel.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await sleep(HELD_MS);
  await panel.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}
