import { expect, it } from 'vitest';
import type { CameraReport } from '../../contract/camera.ts';
import { createCameraReports } from './camera-reports.ts';

const report = (some: Partial<CameraReport> = {}): CameraReport => ({
  use: 'codes',
  state: 'running',
  standIn: false,
  name: 'C920 (046d:082d)',
  found: ['C920 (046d:082d)'],
  ...some,
});

it('keeps the worst that holds until that camera is well again', () => {
  const lines: string[] = [];
  const reports = createCameraReports((use, state) => void lines.push(`${use} ${state}`));
  let changes = 0;
  reports.onChange(() => {
    changes += 1;
  });
  expect(reports.fault).toBeNull();
  reports.take(report({ state: 'busy' }));
  expect(reports.fault).toBe('busy');
  reports.take(report({ use: 'face', standIn: true }));
  expect(reports.fault).toBe('busy');
  reports.take(report());
  expect(reports.fault).toBe('stand-in');
  reports.take(report({ use: 'face', state: 'black' }));
  expect(reports.fault).toBe('black');
  reports.take(report({ use: 'face', name: 'Front' }));
  expect(reports.fault).toBeNull();
  expect(reports.names).toEqual({ codes: 'C920 (046d:082d)', face: 'Front' });
  expect(changes).toBe(5);
  // Once a change, and no device's name.
  expect(lines).toEqual(['codes busy', 'face stand-in', 'codes running', 'face black', 'face running']);
});
