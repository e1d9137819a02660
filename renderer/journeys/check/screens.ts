import type { JourneyPage } from '../screens.ts';
import { CheckResult } from './check-result.tsx';

export const check = {
  icon: 'card',
  title: 'menu.check',
  text: 'menu.checkText',
  short: 'attract.check',
  screens: {
    'check-result': CheckResult,
  },
} as const satisfies JourneyPage;
