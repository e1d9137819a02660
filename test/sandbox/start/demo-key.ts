import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StaffKey } from '../../../main/contract/staff.ts';
import { openKeyStore } from '../../../main/core/staff/key-store.ts';

const NAME = 'demo';

/**
 * An engineer's key for the demo, the same at every start: it lies in a file of the sandbox, as it would lie on the staff's own device.
 * @param data the kiosk's folder @param file where the device keeps its key
 */
export function demoStaffKey(data: string, file: string): string {
  const keys = openKeyStore(data, randomBytes, true);
  if (keys === null) throw new Error('no place for staff keys');
  try {
    const kept = keptKey(file);
    if (kept !== null && keys.find(kept) !== null) return kept;
    keys.remove(NAME);
    const made = keys.make(NAME, 'engineer', Date.now());
    if (!made.ok) throw new Error(`no staff key: ${made.error}`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, made.value, { mode: 0o600 });
    return made.value;
  } finally {
    keys.close();
  }
}

function keptKey(file: string): string | null {
  try {
    const parsed = StaffKey.safeParse(readFileSync(file, 'utf8'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
