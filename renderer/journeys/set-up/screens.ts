import type { JourneyPage } from '../screens.ts';
import { AboutSetUp } from './about-set-up.tsx';
import { Issued } from './issued.tsx';

export const setUp = {
  icon: 'points',
  title: 'menu.setUp',
  text: 'menu.setUpText',
  short: 'attract.setUp',
  screens: {
    'about-set-up': AboutSetUp,
    issued: Issued,
  },
} as const satisfies JourneyPage;
