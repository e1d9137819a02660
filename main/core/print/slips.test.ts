import { describe, expect, it } from 'vitest';
import { Slip } from '../../contract/slip.ts';
import type { SlipSubject } from './slips.ts';
import { maskId, slipFor } from './slips.ts';

const frame = { id: 's1', language: 'ja' as const, terminal: 'K-01', now: Date.UTC(2026, 10, 23, 15, 30), large: false };
const textOf = (subject: SlipSubject, language: 'ja' | 'en' = 'ja') =>
  JSON.stringify(Slip.parse(slipFor(subject, { ...frame, language })));

describe('slips', () => {
  it('received says 受付 and never 完了', () => {
    const text = textOf({ kind: 'received', act: 'set-up', receipt: '1234567897' });
    expect(text).toContain('受付');
    expect(text).toContain('123-456-7897');
    expect(text).not.toContain('完了');
  });

  it('shows only the end of a My Key ID', () => {
    expect(maskId('KMHT2345')).toBe('******45');
    const text = textOf({ kind: 'issued', receipt: '1234567897', maskedId: maskId('KMHT2345'), alreadySet: false });
    expect(text).not.toContain('KMHT2345');
    expect(text).toContain('******45');
  });

  it('tells Japan time: half past midnight of the next day', () => {
    expect(textOf({ kind: 'received', act: 'set-up', receipt: '1234567897' })).toContain('2026年11月24日');
  });

  it('exists in English too', () => {
    expect(textOf({ kind: 'problem', problem: { code: 'pin-locked' } }, 'en')).toContain('The PIN is locked');
  });
});
