import { expect, it } from 'vitest';
import type { LogFields } from '../../contract/log-events.ts';
import { createLog } from './log.ts';

const collect = (level: 'debug' | 'info' = 'info') => {
  const lines: string[] = [];
  return { lines, log: createLog({ level, write: (line) => lines.push(line), now: () => 0 }) };
};

it('writes the catalogue’s fields and nothing else', () => {
  const { lines, log } = collect();
  log('card.problem', { code: 'pin-wrong', pin: '1234' } as unknown as LogFields<'card.problem'>);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { level: 'info', time: '1970-01-01T00:00:00.000Z', event: 'card.problem', code: 'pin-wrong' },
  ]);
});

it('drops a value that does not fit its field: sentences cannot ride along', () => {
  const { lines, log } = collect();
  log('card.problem', { code: 'name 山田 花子' });
  expect(JSON.parse(lines[0] ?? '')).not.toHaveProperty('code');
});

it('obeys the level', () => {
  const { lines, log } = collect('info');
  log('journey.step', { step: 'pin' });
  expect(lines).toEqual([]);
});
