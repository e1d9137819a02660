import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * Bundles what runs on the packaged Node, one `.js` where each `.ts` lies in the sources, so that every path relative to the root holds
 * in both places. `native/pcsc` and `native/systemd-notify` stay files of their own: each finds its addon beside itself.
 */
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const root = here('../../../');
const entries = [
  'main/hosts/launch/launch',
  'main/hosts/launch/staff-page',
  'main/hosts/core/index',
  'main/hosts/core/outbox-tool',
  'main/hosts/core/staff-key',
  'native/card-host/main',
];

// biome-ignore lint/style/noDefaultExport: Vite looks for it
export default defineConfig({
  root,
  publicDir: false,
  logLevel: 'warn',
  plugins: [
    {
      name: 'no-test',
      load(id) {
        if (id.startsWith(`${root}test/`) || /\.test\.tsx?$/.test(id)) this.error(`${id}: no file of test/ goes into a package`);
      },
    },
  ],
  environments: {
    kiosk: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        outDir: here('../../../dist/stage/kiosk'),
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        sourcemap: false,
        // The licences of what is inside.
        license: { fileName: 'LICENSES.md' },
        rolldownOptions: {
          input: Object.fromEntries(entries.map((name) => [name, `${root}${name}.ts`])),
          platform: 'node',
          // ws looks for the last two, and goes on without them.
          external: [...builtinModules, /^node:/, 'better-sqlite3', '@resvg/resvg-js', 'bufferutil', 'utf-8-validate'],
          output: {
            format: 'es',
            entryFileNames: '[name].js',
            chunkFileNames: ({ name }) => (name.includes('/') ? '[name].js' : 'chunks/[name].js'),
            codeSplitting: {
              groups: [
                { name: 'native/pcsc/index', test: /native\/pcsc\// },
                { name: 'native/systemd-notify/index', test: /native\/systemd-notify\// },
              ],
            },
          },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      const { kiosk } = builder.environments;
      if (kiosk !== undefined) await builder.build(kiosk);
    },
  },
});
