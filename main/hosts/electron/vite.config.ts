import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const external = ['electron', ...builtinModules, /^node:/];

/** One file per process: a sandboxed preload cannot load a second one. */
const bundle = (name: string, emptyOutDir: boolean) => ({
  build: {
    outDir: here('../../../dist/electron'),
    emptyOutDir,
    target: 'node20',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: here(`./${name}.ts`),
      external,
      output: { format: 'cjs' as const, entryFileNames: `${name}.cjs`, codeSplitting: false },
    },
  },
});

// biome-ignore lint/style/noDefaultExport: Vite looks for it
export default defineConfig({
  root: here('.'),
  publicDir: false,
  environments: {
    main: { consumer: 'server', resolve: { noExternal: true }, ...bundle('main', true) },
    preload: { consumer: 'server', resolve: { noExternal: true }, ...bundle('preload', false) },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['main', 'preload']) {
        const environment = builder.environments[name];
        if (environment !== undefined) await builder.build(environment);
      }
    },
  },
});
