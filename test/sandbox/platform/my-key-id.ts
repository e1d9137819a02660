import type { RandomBytes } from '../../../main/core/ports.ts';

/** Capital letters and digits without I, O, 0 and 1, which people mix up. 32 of them: five bits each, evenly spread. */
export const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const letters = (length: number, random: RandomBytes): string =>
  Array.from(random(length), (byte) => ALPHABET[byte % ALPHABET.length]).join('');

/** 8 characters, 40 random bits (SOURCES.md, Set-up: My Key ID). Whether it is free is for the database to say. */
export const newMyKeyId = (random: RandomBytes): string => letters(8, random);

/** The platform's name for one submission; says nothing about the person. */
export const newReference = (random: RandomBytes): string => `MP-${letters(12, random)}`;
