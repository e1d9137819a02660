/** The page's own scheme and address. A standard, secure scheme with an origin of its own, so that `'self'` in the policy means it. */
export const SCHEME = 'madoguchi';
export const HOST = 'kiosk';
export const ORIGIN = `${SCHEME}://${HOST}`;
/** The one address that the window ever shows. */
export const ADDRESS = `${ORIGIN}/`;
