// What each npm script runs, and what must be there before. Arguments of the command line go to the last word of `run`.
const vitest = 'node_modules/vitest/vitest.mjs';
const modules = ['modules'];
// Where the addon cannot be built, one line says so and the virtual reader stands in: the kiosk's own tests of pcscd are skipped, in words.
const built = ['modules', 'native-if-possible', 'page'];

/** @type {Record<string, {needs: string[], run: string[][]}>} */
export const commands = {
  start: {
    needs: ['reader-packages', 'screen-packages', ...built, 'electron-host', 'keys'],
    run: [['test/sandbox/start/main.ts']],
  },
  test: {
    needs: ['reader-packages', 'test-packages', ...built, 'electron-host', 'keys'],
    run: [['test/run/run.ts']],
  },
  campaign: { needs: ['reader-packages', 'test-packages', ...built, 'keys'], run: [['test/run/campaign.ts']] },
  'campaign:scans': { needs: ['reader-packages', 'test-packages', ...built, 'keys'], run: [['test/run/scans.ts']] },
  'campaign:people': { needs: ['modules', 'keys'], run: [['test/run/people.ts']] },
  'campaign:e2e': { needs: ['reader-packages', 'test-packages', ...built, 'keys'], run: [['test/e2e/run.ts', '--whole']] },
  'campaign:properties': { needs: ['modules', 'native-if-possible', 'keys', 'page'], run: [['test/run/properties.ts']] },
  'campaign:screens': { needs: ['test-packages', 'modules'], run: [['test/screens/check.ts']] },
  faults: { needs: ['reader-packages', 'modules', 'keys'], run: [['test/run/faults.ts']] },
  check: { needs: modules, run: [['test/check/check.ts']] },
  'test:unit': { needs: ['modules', 'native-if-possible'], run: [[vitest, 'run', '--project', 'unit']] },
  'test:parts': { needs: ['modules', 'keys', 'page'], run: [[vitest, 'run', '--project', 'parts']] },
  'test:pcsc': {
    needs: ['reader-packages', 'modules', 'native', 'keys'],
    run: [['test/sandbox/pcscd/run.ts', '--', 'node', vitest, 'run', '--project', 'pcsc']],
  },
  'test:e2e': {
    needs: ['reader-packages', 'test-packages', ...built, 'keys'],
    run: [['test/e2e/run.ts']],
  },
  'test:electron': { needs: ['test-packages', ...built, 'electron-host'], run: [['test/electron/run.ts']] },
  simulation: { needs: modules, run: [['test/simulation/main.ts']] },
  // A C compiler, for the library that counts fsyncs and the card path's floor; keys, for what the platform is sent; a display, for the screen.
  bench: {
    needs: ['reader-packages', 'test-packages', ...built, 'electron-host', 'keys'],
    run: [['test/bench/main.ts']],
  },
  build: { needs: ['reader-packages', 'modules', 'native', 'page', 'electron-host'], run: [['-e', '']] },
  kiosk: { needs: [...built, 'electron-host'], run: [['main/hosts/launch/launch.ts']] },
  'staff-key': { needs: modules, run: [['main/hosts/core/staff-key.ts']] },
  outbox: { needs: modules, run: [['main/hosts/core/outbox-tool.ts']] },
  'staff-page': { needs: [...modules, 'page'], run: [['main/hosts/launch/staff-page.ts']] },
  platform: { needs: ['modules', 'keys'], run: [['test/sandbox/platform/main.ts']] },
  'virtual-card': { needs: ['modules', 'keys'], run: [['test/sandbox/virtual-card/main.ts']] },
  package: { needs: ['reader-packages', 'modules', 'native', 'page', 'electron-host'], run: [['main/hosts/launch/package.ts']] },
  screens: { needs: ['test-packages', 'modules', 'page'], run: [['test/screens/shoot.ts']] },
  'screens:compare': { needs: ['test-packages', 'modules', 'page'], run: [['test/screens/compare.ts']] },
};
