import { createContext, useContext } from 'react';
import type { Shots } from '../connection/photos.ts';

/** Where there is no host there are no pictures. */
const NONE: Shots = {
  send: () => undefined,
  watch: () => () => undefined,
};
const ShotsContext = createContext<Shots>(NONE);
export const ShotsProvider = ShotsContext.Provider;

/** The way to the picture, not the picture: that is never React's. */
export const useShots = (): Shots => useContext(ShotsContext);
