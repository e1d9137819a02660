import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualCard, type VirtualCard } from '../sandbox/virtual-card/card.ts';
import { AKARI, BUNTA } from '../support/applicants.ts';
import { apply, scan, walkToPhoto, walkToReadBack } from '../support/application-walk.ts';
import { type CoreBench, createBench } from '../support/core-bench.ts';
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
  let bench: CoreBench;
  beforeEach(async () => {
    disk = mountTmpfs(testFolder('kiosk', 'disk-full-kiosk'), 4 * 1024 * 1024);
    bench = await createBench({ name: 'disk-full-kiosk', data: disk.path, set: ['outbox.ballastBytes=1048576'] });
  });
  afterEach(async () => {
    await bench.close();
    disk.empty();
    // What this kiosk wrote is searched at the end too, and the file system goes away with the test.
    cpSync(disk.path, join(testFolder('kiosk', 'disk-full-kept')), { recursive: true });
    disk.unmount();
    rmSync(disk.path, { recursive: true });
  });
  const card = (name: 'fresh' | 'fresh-2') => countingCard(loggedCard(createVirtualCard(name, bench.pki), 'disk-full-kiosk'));
  const offline = () => bench.platform.faults({ type: 'refuse-connections', ms: 600_000 });

  it('tells the person before the PIN, keeps what waits, and delivers it while the disk is still full', async () => {
    offline();
    await bench.visit('fresh');
    bench.clock.advance(RECEIVED_AFTER_MS);
    await bench.page.see('received');
    await bench.leave();
    disk.fill();

    const second = card('fresh-2');
    const visit = walkToPin(bench.page, () => void bench.reader.insert(second));
    // The ballast may carry one or two persons more; nobody after them gets as far as the PIN.
    let refused = await visit.then(
      () => false,
      () => true,
    );
    for (let tries = 0; !refused && tries < 20; tries++) {
      bench.page.press('home');
      bench.reader.remove();
      await bench.page.see('goodbye', 'attract');
      disk.fill();
      refused = await walkToPin(bench.page, () => void bench.reader.insert(second)).then(
        () => false,
        () => true,
      );
    }
    expect(bench.page.now.screen).toEqual({ name: 'cannot-accept', reason: 'storage' });
    expect(second.verifies).toBe(0);
    expect(bench.waiting()).toBe(1);
    await bench.leave();

    await bench.platform.clearFaults();
    await passUntil(bench, () => bench.platform.summary().accepted === 1);
    disk.empty();
    await passUntil(bench, () => bench.waiting() === 0);
    expect(onceEach(bench.platform)).toHaveLength(1);
    await walkToPin(bench.page, () => void bench.reader.insert(second));
    bench.page.enterPin(second.pin);
    await bench.page.see('issued');
    expect(second.verifies).toBe(1);
    expect(onceEach(bench.platform)).toHaveLength(2);
  });

  it('fills up after the read-back: the room was reserved, so the PIN is not spent in vain', async () => {
    const only = card('fresh');
    await walkToPin(bench.page, () => void bench.reader.insert(only));
    disk.fill();
    bench.page.enterPin(only.pin);
    const { screen } = await bench.page.see('issued');
    expect(screen).toMatchObject({ myKeyId: bench.platform.people()[0]?.myKeyId });
    expect(onceEach(bench.platform)).toHaveLength(1);
  });

  it('nothing can be written any more, not even the answer: no hot loop, and settled once there is room', async () => {
    offline();
    await bench.visit('fresh');
    bench.clock.advance(RECEIVED_AFTER_MS);
    await bench.page.see('received');
    await bench.leave();
    rmSync(join(disk.path, 'queue/ballast'), { force: true });
    disk.fill();
    await bench.platform.clearFaults();
    const before = bench.requests.length;
    // Where it cannot be written down that a row leaves, it does not leave.
    for (let minute = 0; minute < 20; minute++) {
      bench.clock.advance(60_000);
      await bench.until(() => bench.inFlight() === 0);
    }
    const batches = () => bench.requests.slice(before).filter(({ path }) => path === '/v1/batches').length;
    for (let n = 0; n < 50; n++) await bench.until(() => true);
    expect(batches()).toBeLessThanOrEqual(2);
    disk.empty();
    await passUntil(bench, () => bench.waiting() === 0);
    expect(onceEach(bench.platform)).toHaveLength(1);
    expect(bench.outbox.counts()).toMatchObject({ accepted: 1, pending: 0, sending: 0, parked: 0 });
  });

  it('tells an applicant before the form is read again, and takes the application once there is room', async () => {
    await walkToPhoto(bench.page, AKARI, { contact: 'email' });
    disk.fill();
    rmSync(join(disk.path, 'queue/ballast'), { force: true });
    disk.fill();
    bench.page.sendPhoto(AKARI.photo());
    await bench.page.see('photo-review');
    const { screen } = await bench.page.go('use', 'cannot-accept', 'application-read-back');
    expect(screen).toEqual({ name: 'cannot-accept', reason: 'storage', cardless: true });
    // It is over: nothing of it waits for anybody.
    expect(bench.page.now.session).toBe(false);
    await bench.page.go('done', 'goodbye');
    expect(bench.waiting()).toBe(0);
    disk.empty();
    expect((await apply(bench.page, AKARI)).screen).toMatchObject({ name: 'application-accepted' });
  });

  it('fills up after the read-back of an application: the room was reserved', async () => {
    await walkToReadBack(bench.page, BUNTA);
    disk.fill();
    await bench.page.go('confirm', 'form-again');
    scan(bench.page, BUNTA.form);
    await bench.page.see('application-accepted');
    expect(bench.platform.applications()).toHaveLength(1);
  });
});
