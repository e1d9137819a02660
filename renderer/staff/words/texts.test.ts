import { describe, expect, test } from 'vitest';
import { ANY_FINDINGS, HEALTH_FINDINGS } from '../../../main/contract/health-findings.ts';
import { HealthCheckId } from '../../../main/contract/staff.ts';
import { findingInWords } from './texts.ts';

/** Facts as the checks give them (main/core/staff/health). */
const facts = {
  ...{
    count: 1,
    names: 'SCR3310',
    slots: 'SCR3310 00 01',
    triesLeft: 3,
    minutes: 2,
    reads: 5,
    problem: 'mute',
    napi: 10,
    kib: 60,
    waiting: 1,
    parked: 0,
    list: 'sign-up: catalogue-key, receipt-lookup: printer',
  },
  ...{ files: 1, freeMb: 10, leastMb: 5, seconds: 1, ms: 20, status: 503, days: 9, pinned: 24, noticed: 2, wrong: 1 },
};

describe.each(['ja', 'en'] as const)('%s', (language) => {
  test.each(HealthCheckId.options)('%s: every finding has its words, every place in them a fact, and trouble a way out', (id) => {
    for (const finding of [...HEALTH_FINDINGS[id], ...ANY_FINDINGS]) {
      const { name, says, todo } = findingInWords(language, { number: 1, id, state: 'good', finding, facts });
      expect(name).not.toBe('');
      expect(says, finding).not.toMatch(/[{}–]|^$/);
      expect(says).not.toBe(finding);
      const fine =
        /^(there|probed|read|loads|not-used|up|allowed|cannot-tell|whole|room|right|answers|good|not-needed|ready|listed|all)$/;
      if (!fine.test(finding)) expect(todo, finding).not.toBe('');
    }
  });
});
