import type { ComponentType } from 'react';
import type { ScreenName, ScreenOf } from '../../main/contract/screens.ts';
import type { IconName } from '../components/icons.tsx';
import type { TextKey } from '../words/texts.ts';

/** What draws a screen: it gets the screen, and nothing else. */
type Drawing<N extends ScreenName> = ComponentType<{ readonly screen: ScreenOf<N> }>;
/** Some screens, each with its drawing; how a journey's folder says which it has. */
export type Screens = { readonly [N in ScreenName]?: Drawing<N> };

/** A journey's folder on the page: how it is offered, and its screens. */
export interface JourneyPage {
  readonly icon: IconName;
  /** On the menu. */
  readonly title: TextKey;
  readonly text: TextKey;
  /** On the attract screen, where it is one of many things. */
  readonly short: TextKey;
  readonly screens: Screens;
}
