import type { Screens } from '../screens.ts';
import { AboutSetUp } from './about-set-up.tsx';
import { Issued } from './issued.tsx';

/** The screens of this journey. */
export const setUpScreens = {
  'about-set-up': AboutSetUp,
  issued: Issued,
} satisfies Screens;
