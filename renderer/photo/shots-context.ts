import { createContext, useContext } from 'react';
import type { Photos } from '../connection/photos.ts';

/** Where there is no host there are no pictures. */
const NONE: Photos = {
  send: () => undefined,
  watch: () => () => undefined,
};
const ShotsContext = createContext<Photos>(NONE);
export const ShotsProvider = ShotsContext.Provider;

/** The way to the picture, not the picture: that is never React's. */
export const useShots = (): Photos => useContext(ShotsContext);
