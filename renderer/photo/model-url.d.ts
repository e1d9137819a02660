/** A file's address in the bundle, as the bundler answers it. */
declare module '*.bin?url' {
  const address: string;
  // biome-ignore lint/style/noDefaultExport: this is how the bundler gives it.
  export default address;
}
