import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const KEPT_DAYS = 31;
const NAME = /^kiosk-\d{4}-\d{2}-\d{2}\.jsonl$/;

/**
 * One file per day (UTC), `kiosk-YYYY-MM-DD.jsonl`; the oldest go after 31. A line that cannot be written is dropped: a full disk must not
 * stop the counter. @param now epoch ms
 */
export function logFile(folder: string, now: () => number): (line: string) => void {
  let day = '';
  const tidy = () => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const files = readdirSync(folder).filter((name) => NAME.test(name));
      for (const name of files.sort().slice(0, -KEPT_DAYS)) rmSync(join(folder, name));
    } catch {}
  };
  return (line) => {
    const today = new Date(now()).toISOString().slice(0, 10);
    if (today !== day) {
      day = today;
      tidy();
    }
    try {
      appendFileSync(join(folder, `kiosk-${today}.jsonl`), line, { mode: 0o600 });
    } catch {}
  };
}
