import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { answerName } from '../platform/take-export.ts';

/** A folder that the demo's kiosk takes for a USB stick, and the walk with it to the platform. */
export interface Stick {
  /** For `staff.mediaFolder`. */
  readonly media: string;
  /** The platform takes every export on it that has no answer yet. @returns how many */
  take(): Promise<number>;
}

/** @param data folder of the sandbox @param platform its address */
export function createStick(data: string, platform: string): Stick {
  const media = join(data, 'media');
  const stick = join(media, 'USB');
  mkdirSync(stick, { recursive: true });
  return {
    media,
    async take() {
      const exports = readdirSync(stick).filter((name) => name.endsWith('.jsonl') && !existsSync(join(stick, answerName(name))));
      for (const name of exports) {
        const answer = await fetch(`${platform}/sandbox/exports`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ file: join(stick, name) }),
        });
        if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      }
      return exports.length;
    },
  };
}
