import type { JourneyPage } from '../screens.ts';
import { MunicipalGranted } from './municipal-granted.tsx';
import { Policies } from './policies.tsx';
import { Policy } from './policy.tsx';
import { PolicyNotForYou } from './policy-not-for-you.tsx';
import { PolicyQuestion } from './policy-question.tsx';

export const municipal = {
  icon: 'town',
  title: 'menu.municipal',
  text: 'menu.municipalText',
  short: 'attract.municipal',
  screens: {
    'municipal-granted': MunicipalGranted,
    policies: Policies,
    policy: Policy,
    'policy-not-for-you': PolicyNotForYou,
    'policy-question': PolicyQuestion,
  },
} as const satisfies JourneyPage;
