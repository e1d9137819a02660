import { expect, it } from 'vitest';
import { createManualClock } from '../../../../test/support/manual-clock.ts';
import { AnswerWait } from './answer-wait.ts';
import type { Said } from './status.ts';

const byte = (said: Said) => (said.kind === 'real-time' ? said.byte : undefined);
const said = (value: number): Said => ({ kind: 'real-time', byte: value });

it('takes the first thing that it can use, and nothing after it', async () => {
  const answers = new AnswerWait(createManualClock());
  const answer = answers.next(1000, byte);
  answers.said({ kind: 'done' });
  answers.said(said(18));
  answers.said(said(30));
  expect(await answer).toBe(18);
});

it('is late after its time, and at once where the link is gone, before or meanwhile', async () => {
  const clock = createManualClock();
  const answers = new AnswerWait(clock);
  const slow = answers.next(1000, byte);
  clock.advance(1000);
  expect(await slow).toBe('late');
  const cut = answers.next(1000, byte);
  answers.lose();
  expect(await cut).toBe('late');
  expect(await answers.next(1000, byte)).toBe('late');
});
