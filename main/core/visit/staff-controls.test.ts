import { expect, it } from 'vitest';
import type { DeviceTrial } from '../../contract/staff.ts';
import type { VisitSnapshot } from './machine.ts';
import { StaffControls } from './staff-controls.ts';

function harness({ staffOpen = false, flow = 'attract' } = {}) {
  const calls: unknown[] = [];
  const staff = new StaffControls({
    visit: () =>
      ({
        context: { staffOpen, trial: 'face', journey: 'status' },
        matches: (state: { flow: string }) => state.flow === flow,
      }) as unknown as VisitSnapshot,
    send: ({ type }) => void calls.push(type),
    trials: { begin: (use) => void calls.push(`begin ${use}`), view: (use) => ({ use }) as DeviceTrial },
  });
  return { staff, calls };
}

it('says whether the screen was taken out of order: not while somebody is at it', () => {
  expect(harness({ staffOpen: true }).staff.open()).toBe(true);
  expect(harness().staff.open()).toBe(false);
});

it('tries devices in the open console only', () => {
  const closed = harness();
  expect([closed.staff.tryDevices('face'), closed.calls]).toEqual([false, []]);
  const open = harness({ staffOpen: true });
  expect([open.staff.tryDevices('face'), open.calls]).toEqual([true, ['begin face', 'staff-try']]);
  expect(open.staff.trial).toEqual({ use: 'face' });
});

it('is busy while a visit goes on, or its card still lies there', () => {
  expect(['attract', 'visiting', 'takeCard'].map((flow) => harness({ flow }).staff.busy)).toEqual([false, true, true]);
});
