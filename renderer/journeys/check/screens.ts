import type { Screens } from '../screens.ts';
import { CheckResult } from './check-result.tsx';

/** The screens of this journey. */
export const checkScreens = {
  'check-result': CheckResult,
} satisfies Screens;
