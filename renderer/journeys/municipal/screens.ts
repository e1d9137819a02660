import type { Screens } from '../screens.ts';
import { MunicipalGranted } from './municipal-granted.tsx';
import { Policies } from './policies.tsx';
import { Policy } from './policy.tsx';
import { PolicyNotForYou } from './policy-not-for-you.tsx';
import { PolicyQuestion } from './policy-question.tsx';

/** The screens of this journey. */
export const municipalScreens = {
  'municipal-granted': MunicipalGranted,
  policies: Policies,
  policy: Policy,
  'policy-not-for-you': PolicyNotForYou,
  'policy-question': PolicyQuestion,
} satisfies Screens;
