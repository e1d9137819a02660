import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualCard, type VirtualCard } from '../sandbox/virtual-card/card.ts';
import { AKARI, BUNTA } from '../support/applicants.ts';
import { apply, scan, walkToPhoto, walkToReadBack } from '../support/application-walk.ts';
import { type CoreHarness, createHarness } from '../support/core-harness.ts';
import { loggedCard } from '../support/logged-card.ts';
import { walkToPin } from '../support/page-driver.ts';
import { testFolder } from '../support/test-folder.ts';
import { canMount, mountTmpfs, type Tmpfs } from '../support/tmpfs.ts';
import { onceEach, passUntil } from './after-fault.ts';

const RECEIVED_AFTER_MS = 8000;

/** Counts what asks for the PIN of a card. */
function countingCard(card: VirtualCard): VirtualCard & { readonly verifies: number } {
  let verifies = 0;
  return {
    name: card.name,
    pin: card.pin,
    atr: card.atr,
    power: card.power,
    transmit(apdu) {
      // VERIFY with data; without data it only asks for the tries left.
      if (apdu[1] === 0x20 && apdu.length > 5) verifies += 1;
      return card.transmit(apdu);
    },
    get verifies() {
      return verifies;
    },
  };
}

// Needs root for a file system of its own; `npm test` runs as root in CI and counts a skip in its last lines.
describe.skipIf(!canMount)('a kiosk whose disk is full', () => {
  let disk: Tmpfs;
  let harness: CoreHarness;
  beforeEach(async () => {
    disk = mountTmpfs(testFolder('kiosk', 'disk-full-kiosk'), 4 * 1024 * 1024);
    harness = await createHarness({ name: 'disk-full-kiosk', data: disk.path, set: ['outbox.ballastBytes=1048576'] });
  });
  afterEach(async () => {
    await harness.close();
    disk.empty();
    // What this kiosk wrote is searched at the end too, and the file system goes away with the test.
    cpSync(disk.path, join(testFolder('kiosk', 'disk-full-kept')), { recursive: true });
    disk.unmount();
    rmSync(disk.path, { recursive: true });
  });
  const card = (name: 'fresh' | 'fresh-2') => countingCard(loggedCard(createVirtualCard(name, harness.pki), 'disk-full-kiosk'));
  const offline = () => harness.platform.faults({ type: 'refuse-connections', ms: 600_000 });

  it('tells the person before the PIN, keeps what waits, and delivers it while the disk is still full', async () => {
    offline();
    await harness.visit('fresh');
    harness.clock.advance(RECEIVED_AFTER_MS);
    await harness.page.see('received');
    await harness.leave();
    disk.fill();

    const second = card('fresh-2');
    const visit = walkToPin(harness.page, () => void harness.reader.insert(second));
    // The ballast may carry one or two persons more; nobody after them gets as far as the PIN.
    let refused = await visit.then(
      () => false,
      () => true,
    );
    for (let tries = 0; !refused && tries < 20; tries++) {
      harness.page.press('home');
      harness.reader.remove();
      await harness.page.see('goodbye', 'attract');
      disk.fill();
      refused = await walkToPin(harness.page, () => void harness.reader.insert(second)).then(
        () => false,
        () => true,
      );
    }
    expect(harness.page.now.screen).toEqual({ name: 'cannot-accept', reason: 'storage' });
    expect(second.verifies).toBe(0);
    expect(harness.waiting()).toBe(1);
    await harness.leave();

    await harness.platform.clearFaults();
    await passUntil(harness, () => harness.platform.summary().accepted === 1);
    disk.empty();
    await passUntil(harness, () => harness.waiting() === 0);
    expect(onceEach(harness.platform)).toHaveLength(1);
    await walkToPin(harness.page, () => void harness.reader.insert(second));
    harness.page.enterPin(second.pin);
    await harness.page.see('issued');
    expect(second.verifies).toBe(1);
    expect(onceEach(harness.platform)).toHaveLength(2);
  });

  it('fills up after the read-back: the room was reserved, so the PIN is not spent in vain', async () => {
    const only = card('fresh');
    await walkToPin(harness.page, () => void harness.reader.insert(only));
    disk.fill();
    harness.page.enterPin(only.pin);
    const { screen } = await harness.page.see('issued');
    expect(screen).toMatchObject({ myKeyId: harness.platform.people()[0]?.myKeyId });
    expect(onceEach(harness.platform)).toHaveLength(1);
  });

  it('nothing can be written any more, not even the answer: no hot loop, and settled once there is room', async () => {
    offline();
    await harness.visit('fresh');
    harness.clock.advance(RECEIVED_AFTER_MS);
    await harness.page.see('received');
    await harness.leave();
    rmSync(join(disk.path, 'queue/ballast'), { force: true });
    disk.fill();
    await harness.platform.clearFaults();
    const before = harness.requests.length;
    // Where it cannot be written down that a row leaves, it does not leave.
    for (let minute = 0; minute < 20; minute++) {
      harness.clock.advance(60_000);
      await harness.until(() => harness.inFlight() === 0);
    }
    const batches = () => harness.requests.slice(before).filter(({ path }) => path === '/v1/batches').length;
    for (let n = 0; n < 50; n++) await harness.until(() => true);
    expect(batches()).toBeLessThanOrEqual(2);
    disk.empty();
    await passUntil(harness, () => harness.waiting() === 0);
    expect(onceEach(harness.platform)).toHaveLength(1);
    expect(harness.outbox.counts()).toMatchObject({ accepted: 1, pending: 0, sending: 0, parked: 0 });
  });

  it('tells an applicant before the form is read again, and takes the application once there is room', async () => {
    await walkToPhoto(harness.page, AKARI, { contact: 'email' });
    disk.fill();
    rmSync(join(disk.path, 'queue/ballast'), { force: true });
    disk.fill();
    harness.page.sendPhoto(AKARI.photo());
    await harness.page.see('photo-review');
    const { screen } = await harness.page.go('use', 'cannot-accept', 'application-read-back');
    expect(screen).toEqual({ name: 'cannot-accept', reason: 'storage', cardless: true });
    // It is over: nothing of it waits for anybody.
    expect(harness.page.now.session).toBe(false);
    await harness.page.go('done', 'goodbye');
    expect(harness.waiting()).toBe(0);
    disk.empty();
    expect((await apply(harness.page, AKARI)).screen).toMatchObject({ name: 'application-accepted' });
  });

  it('fills up after the read-back of an application: the room was reserved', async () => {
    await walkToReadBack(harness.page, BUNTA);
    disk.fill();
    await harness.page.go('confirm', 'form-again');
    scan(harness.page, BUNTA.form);
    await harness.page.see('application-accepted');
    expect(harness.platform.applications()).toHaveLength(1);
  });
});
