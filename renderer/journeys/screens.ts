import type { ComponentType } from 'react';
import type { ScreenName, ScreenOf } from '../../main/contract/screens.ts';

/** What draws a screen: it gets the screen, and nothing else. */
export type Drawing<N extends ScreenName> = ComponentType<{ readonly screen: ScreenOf<N> }>;
/** Some screens, each with its drawing; how a journey's folder says which it has. */
export type Screens = { readonly [N in ScreenName]?: Drawing<N> };
