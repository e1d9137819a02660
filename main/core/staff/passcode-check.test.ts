import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts';
import { keyMigrations } from './key-rows.ts';
import { hashOfKey, type KeyStore, openKeyStore } from './key-store.ts';
import type { PasscodeHasher } from './passcode.ts';
import { createPasscodeCheck, type PasscodeCheck } from './passcode-check.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A quick stand-in for argon2: what is tested here is the counting. */
const quick = (looks: string[]): PasscodeHasher => ({
  hash: async (passcode) => ({ v: 1, memory: 8, passes: 1, salt: btoa(passcode), tag: btoa(passcode) }),
  fits: async (passcode, _key, hash) => {
    looks.push(passcode);
    return hash.tag === btoa(passcode);
  },
});

let data: string;
let keys: KeyStore;
let clock: ManualClock;
let access: PasscodeCheck;
let key: string;
let looks: string[];
/** Another run of the machine, from its start on. */
let booted: { id: string; at: number };
const boot = {
  get id() {
    return booted.id;
  },
  uptimeMs: () => clock.monotonic() - booted.at,
};
const reopen = () => {
  access.stop();
  keys.close();
  const again = openKeyStore(data, (length) => crypto.getRandomValues(new Uint8Array(length)), false);
  if (again === null) throw new Error('no keys');
  keys = again;
  access = createPasscodeCheck({ keys, hasher: quick(looks), clock, boot });
};
/** Runs the waits off. */
const attempt = async (passcode: string) => {
  const outcome = access.try(key, passcode);
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
    clock.advance(1000);
  }
  return outcome;
};
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'mado-keys-'));
  clock = createManualClock();
  booted = { id: 'first', at: 0 };
  looks = [];
  const made = openKeyStore(data, (length) => crypto.getRandomValues(new Uint8Array(length)), true);
  if (made === null) throw new Error('no keys');
  keys = made;
  access = createPasscodeCheck({ keys, hasher: quick(looks), clock, boot });
  const first = keys.make('window 1', 'clerk', clock.now());
  if (!first.ok) throw new Error(first.error);
  key = first.value;
  expect(await access.setPasscode(key, '805173')).toBe('done');
});
afterEach(() => {
  access.stop();
  keys.close();
  rmSync(data, { recursive: true });
});

it('right, wrong, unknown; a right one forgets the wrong ones', async () => {
  expect(await attempt('999999')).toBe('wrong');
  expect(await attempt('805173')).toBe('right');
  expect(keys.find(key)).toMatchObject({ wrong: 0, locks: 0 });
  expect(await access.try('x'.repeat(43), '805173')).toBe('unknown-key');
});

it('the fifth wrong one locks, also over restarts, and a locked key is not even looked at', async () => {
  for (const outcome of ['wrong', 'wrong', 'wrong', 'wrong', 'locked']) {
    reopen();
    expect(await attempt('999999')).toBe(outcome);
  }
  reopen();
  const before = looks.length;
  expect(await attempt('805173')).toBe('still-locked');
  expect(looks.length).toBe(before);
  clock.advance(15 * MINUTE);
  expect(await attempt('805173')).toBe('right');
});

const lock = async () => {
  for (let times = 0; times < 5; times++) await attempt('999999');
  expect(await attempt('805173')).toBe('still-locked');
};

it.each([
  ['forward', 400 * DAY],
  ['back', -400 * DAY],
])('a wall clock that is set %s changes nothing of a lock, with or without a restart', async (_, jump) => {
  await lock();
  clock.jump(jump);
  expect(await attempt('805173')).toBe('still-locked');
  reopen();
  clock.jump(jump);
  clock.advance(13 * MINUTE);
  expect(await attempt('805173')).toBe('still-locked');
  clock.advance(2 * MINUTE);
  expect(await attempt('805173')).toBe('right');
});

it('what passed while the machine was off, by whatever clock, is not taken off; what passed before is', async () => {
  await lock();
  clock.advance(10 * MINUTE);
  access.stop();
  clock.advance(30 * DAY);
  clock.jump(30 * DAY);
  booted = { id: 'second', at: clock.monotonic() };
  reopen();
  clock.advance(3 * MINUTE);
  expect(await attempt('805173')).toBe('still-locked');
  clock.advance(2 * MINUTE);
  expect(await attempt('805173')).toBe('right');
});

it('a machine that is switched off every hour serves its lock all the same, once', async () => {
  await lock();
  for (let day = 0; day < 3; day++) {
    access.stop();
    booted = { id: `day ${day}`, at: clock.monotonic() };
    reopen();
    clock.advance(4 * MINUTE);
    expect(await attempt('805173')).toBe('still-locked');
  }
  clock.advance(4 * MINUTE);
  expect(await attempt('805173')).toBe('right');
});

it('a file of the version before: a lock that runs goes on, and wrong tries count', async () => {
  access.stop();
  keys.close();
  const file = join(data, 'staff', 'keys.db');
  const hash = hashOfKey(key);
  rmSync(file);
  const old = new Database(file);
  old.exec(keyMigrations[0] ?? '');
  const put = old.prepare(
    `INSERT INTO key (hash, name, role, passcode, wrong, wrong_at, locks, locked_until, made_at) VALUES (?, ?, 'clerk', ?, ?, 1, ?, ?, 1)`,
  );
  const passcode = JSON.stringify({ v: 1, memory: 8, passes: 1, salt: btoa('805173'), tag: btoa('805173') });
  put.run(hash, 'window 1', passcode, 0, 1, Date.now() + 10 * MINUTE);
  put.run(hashOfKey('other'), 'window 2', passcode, 4, 0, 0);
  put.run(hashOfKey('third'), 'window 3', passcode, 0, 1, Date.now() - MINUTE);
  old.pragma('user_version = 1');
  old.close();
  reopen();
  expect(await attempt('805173')).toBe('still-locked');
  expect(await access.try('third', '805173')).toBe('right');
  expect(await access.try('other', '000000')).toBe('locked');
  clock.advance(10 * MINUTE);
  expect(await attempt('805173')).toBe('right');
});

it('a try is written down before it is looked at: killed in the middle, it counts', async () => {
  const stuck: PasscodeHasher = { hash: quick([]).hash, fits: () => new Promise(() => {}) };
  void createPasscodeCheck({ keys, hasher: stuck, clock, boot }).try(key, '805173');
  await Promise.resolve();
  await Promise.resolve();
  reopen();
  expect(keys.find(key)).toMatchObject({ wrong: 1 });
});

it('tries side by side with one key wait for one another, and five at once are five', async () => {
  const all = Array.from({ length: 7 }, () => access.try(key, '999999'));
  for (let turn = 0; turn < 200; turn++) {
    await Promise.resolve();
    clock.advance(500);
  }
  expect(await Promise.all(all)).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'locked', 'still-locked', 'still-locked']);
});

it('a passcode is set once, and a weak one never', async () => {
  expect(await access.setPasscode(key, '594817')).toBe('set');
  const second = keys.make('window 2', 'engineer', clock.now());
  if (!second.ok) throw new Error(second.error);
  expect(await access.setPasscode(second.value, '123456')).toBe('weak');
  expect(await access.try(second.value, '123456')).toBe('no-passcode');
});

it('the folder holds neither a key nor anything that a key could be made of', () => {
  for (const name of readdirSync(join(data, 'staff'))) {
    const bytes = readFileSync(join(data, 'staff', name));
    expect(bytes.includes(key)).toBe(false);
    expect(bytes.includes(Buffer.from(key, 'base64url'))).toBe(false);
  }
  expect(keys.list().map(({ hash }) => hash)).toContain(hashOfKey(key));
});

it('names: taken, not a name, removed; the command line’s news are told once', () => {
  expect(keys.make('window 1', 'clerk', 0)).toEqual({ ok: false, error: 'taken' });
  for (const name of ['', ' x', 'a'.repeat(41), 'a\nb', "'; --"]) {
    expect(keys.make(name, 'clerk', 0)).toEqual({ ok: false, error: 'name' });
  }
  expect(keys.remove('nobody')).toEqual({ ok: true, value: false });
  expect(keys.remove('window 1')).toEqual({ ok: true, value: true });
  expect(keys.find(key)).toBeNull();
  expect(keys.takeNews().map(({ action, name }) => `${action} ${name}`)).toEqual(['key.made window 1', 'key.removed window 1']);
  expect(keys.takeNews()).toEqual([]);
});
