import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Builds `dist/renderer`. The page runs under `default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'` (page-policy.ts):
 * nothing inline, no data: URLs, addresses relative to the page so that the same files work over http and Electron's own scheme.
 */
export default defineConfig({
  root: here('.'),
  base: './',
  publicDir: false,
  plugins: [
    react(),
    {
      name: 'no-notes',
      enforce: 'pre',
      // Notes are for translators, not for the page.
      transform: {
        filter: { id: /\/kiosk-config\/words\/.*\.json$/ },
        handler: (code) => JSON.stringify(JSON.parse(code), (key, value) => (key === 'note' ? undefined : value)),
      },
    },
  ],
  build: {
    outDir: here('../dist/renderer'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'chrome130',
    sourcemap: false,
    // Two pages of one build: the public one, and the staff's, which a server of its own hands out (main/hosts/node/staff-server.ts).
    rolldownOptions: { input: { index: here('index.html'), staff: here('staff.html') } },
    // The Japanese fonts and one script: nothing is worth splitting on a kiosk that reads from its own disk.
    chunkSizeWarningLimit: 2000,
  },
});
