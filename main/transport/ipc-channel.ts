/** The one channel between Electron's main process and the page's preload. A file of its own: a sandboxed preload can load no Node module. */
export const CHANNEL = 'madoguchi';
