/** Where Linux tells of its devices. On another system the checks that look there say that they cannot tell. */

/** pcscd's own socket, as Debian builds it. */
export const PCSCD_SOCKET = '/run/pcscd/pcscd.comm';
export const CAMERAS_FOLDER = '/sys/class/video4linux';
export const SOUND_CARDS_FILE = '/proc/asound/cards';
