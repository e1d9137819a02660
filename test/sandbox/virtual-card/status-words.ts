/** The status words this card gives (SOURCES.md, Card: status words). */
export const SW = {
  done: 0x9000,
  /** Plus the tries left in the low nibble. */
  tries: 0x63c0,
  wrongLength: 0x6700,
  noChannel: 0x6881,
  noSecureMessaging: 0x6882,
  wrongFileType: 0x6981,
  notVerified: 0x6982,
  locked: 0x6984,
  conditions: 0x6985,
  noCurrentFile: 0x6986,
  badData: 0x6a80,
  notFound: 0x6a82,
  badParameters: 0x6a86,
  badOffset: 0x6b00,
  unknownInstruction: 0x6d00,
  unknownClass: 0x6e00,
  noDiagnosis: 0x6f00,
} as const;
