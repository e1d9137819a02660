/**
 * `npm test` and `npm run test:unit` take a slice of what takes seconds; `npm run campaign:properties` takes the whole of it.
 * Every kind of case is in the slice: it has fewer draws, angles or hours.
 */
export const whole = process.env['MADOGUCHI_WHOLE'] !== undefined;

/** How often a property is tried. @param slice a tenth of all, unless said otherwise */
export const runs = (all: number, slice = Math.ceil(all / 10)): number => (whole ? all : slice);

/** What is tried: all of it, or the slice. */
export const either = <T>(all: T, slice: T): T => (whole ? all : slice);
