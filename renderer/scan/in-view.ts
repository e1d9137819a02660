import type { Seen } from './read-codes.ts';

/** Pictures that a code without a check digit must have been in before, among so many. */
const AMONG = 3;
/** A code has left the view when it was in none of so many pictures: reading one fails now and then while it is held still. */
const GONE_AFTER = 9;

export interface InView {
  /**
   * @param seen all codes of the newest picture
   * @returns those in view that can be relied on, when one of them has just come; else nothing
   */
  look(seen: readonly Seen[]): readonly string[];
}

/** Tells once what comes into view. Two pictures must agree on a code without a check digit. */
export function createInView(): InView {
  const pictures: (readonly Seen[])[] = [];
  /** Text to the number of pictures since it was last in one. */
  const told = new Map<string, number>();
  return {
    look(seen) {
      const sure = seen
        .filter(({ text, checked }) => checked || pictures.some((picture) => picture.some((one) => one.text === text)))
        .map(({ text }) => text);
      pictures.push(seen);
      if (pictures.length >= AMONG) pictures.shift();
      for (const [text, since] of [...told]) {
        if (since >= GONE_AFTER) told.delete(text);
        else told.set(text, since + 1);
      }
      const comes = sure.some((text) => !told.has(text));
      for (const text of sure) told.set(text, 0);
      return comes ? sure : [];
    },
  };
}
