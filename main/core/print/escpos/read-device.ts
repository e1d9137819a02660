/** `tcp://HOST:PORT`, or the path of a device file. `null`: neither. */
export function readDevice(device: string): { readonly host: string; readonly port: number } | { readonly path: string } | null {
  if (device.startsWith('/')) return { path: device };
  const url = URL.canParse(device) ? new URL(device) : null;
  if (url === null || url.protocol !== 'tcp:' || url.hostname === '' || url.port === '') return null;
  if (url.username !== '' || url.pathname !== '' || url.search !== '' || url.hash !== '') return null;
  return { host: url.hostname.replaceAll(/[[\]]/g, ''), port: Number(url.port) };
}
