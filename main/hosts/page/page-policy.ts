/**
 * The headers that every answer with a page carries (SOURCES.md, Electron: ways out of a page).
 * `connect`: what the page may talk to besides its own origin: the WebSocket of the node host, nothing under Electron.
 */
export function pageHeaders(connect: readonly string[] = []): Record<string, string> {
  const policy = [
    "default-src 'none'",
    // WebAssembly reads QR codes and barcodes in the page; its file is bundled with it.
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "media-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return {
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy':
      'accelerometer=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), hid=(), microphone=(), midi=(), payment=(), ' +
      'serial=(), usb=()',
  };
}
