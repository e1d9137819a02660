/** The file of a program, as this system names it. */
export const programFile = (name: string): string => (process.platform === 'win32' ? `${name}.exe` : name);

/** Packages are made on Linux x64 only, so far. */
export const MAKES_PACKAGES: boolean = process.platform === 'linux' && process.arch === 'x64';
