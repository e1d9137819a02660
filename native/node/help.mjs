// What `npm run NAME -- --help` prints: asked for before anything is installed, so plain text and no import of the command itself.
const site = `  --profile NAME    atm, city-hall, demo, retail, or the path of a profile file
  --site FILE       what differs for this one kiosk
  --set KEY=VALUE   wins over every file; can be given several times`;

/** By npm script: how it is called, and what it does. */
export const help = {
  start: `npm start [-- --data DIR] [--port N] [--panel-port N] [--staff-port N] [--reader virtual] [--screen electron|chromium|none] [--fresh]
The demo: reference platform, virtual cards, printer, kiosk and a screen, until Ctrl-C. Prints the address of the operator's panel.
  --data DIR        what it keeps; .data/demo unless said otherwise (--fresh: begins anew)
  --reader virtual  without pcscd
  --screen WHAT     none: prints an address to open`,
  test: `npm test
Every test, then a search of all files for personal data. Last line: N passed, N failed.`,
  check: `npm run check
Format, lint, import directions and circles, what nobody uses, long functions, styles, types, generated files, lockfiles.`,
  'test:unit': `npm run test:unit [-- PATH ...]
Tests of single files, milliseconds each. Options of Vitest.`,
  'test:parts': `npm run test:parts [-- PATH ...]
Tests that start processes. Options of Vitest.`,
  'test:pcsc': `npm run test:pcsc [-- PATH ...]
Tests on the real pcscd with the virtual reader. Options of Vitest.`,
  'test:e2e': `npm run test:e2e [-- SPEC] [-g TEXT] [--project NAME]
The kiosk in a real browser, by touch: everything once. --whole, as in campaign:e2e: in every way. Options of Playwright.`,
  'test:electron': `npm run test:electron [-- SPEC]
The kiosk in a real Electron. Options of Playwright.`,
  campaign: `npm run campaign [-- --rounds N] [--seed N] [--step NAME]
The core killed at every step of its work.`,
  'campaign:people': `npm run campaign:people [-- --runs N] [--seed N]
Two people mixed at random: nothing of one may reach the other.`,
  'campaign:scans': `npm run campaign:scans [-- --runs N] [--scans N]
Stray scans of every kind at every screen: nothing is pressed, spent, agreed to or ended.`,
  'campaign:e2e': `npm run campaign:e2e [-- SPEC] [-g TEXT] [--project NAME]
Every test in the browser, on every screen and reader that it is for. Options of Playwright.`,
  'campaign:properties': `npm run campaign:properties [-- --seed N]
Every property, walk and long outage of which npm test takes a slice, whole.`,
  'campaign:screens': `npm run campaign:screens [-- --only NAME,...] [--layout NAME] [--language ja|en] [--slice]
Every screen measured in every way it can be drawn, and read by axe.`,
  faults: `npm run faults -- kill|power|fsync|damage|line|clock ... [--seed S] [--rounds N]
The queue under SIGKILL, power cuts, a failing disk, damage, sick lines, jumping clocks. Figures: tried / lost / doubled / stuck / told.`,
  simulation: `npm run simulation [-- --seeds N] [--seed S] [--until-broken] [--trace]
npm run simulation -- --mutants [--seeds N]
npm run simulation -- --fleet [--kiosks N] [--seed S]
Queue and delivery against a model platform on a virtual clock, disk and network; planted bugs; 10,000 kiosks that come back at once.`,
  bench: `npm run bench [-- NAME ...] [--only SECTION,...] [--rounds N] [--depth N] [--out FILE]
Figures beside their floor of the same run, against the goals; what falls short with where its time goes. All of them, or by name:
  queue     what a person waits for, delivery, depth, against bare SQLite, fsyncs and HTTP
  platform  submissions a second that the reference platform takes, against its bare cryptography and rows
  card      commands and bytes against OpenSC; time per command, card on and card off against C
  tap       from a touch to the next painted screen, all journeys in Chromium, against an empty page
  start     from the process to an attract screen that can be touched, against an empty React page; Electron, and Node with Chromium
  size      the package, the page, fonts, the memory of each process
  idle      processor time of the attract screen over a minute, all processes
  --only    sections of a bench: a journey of tap, electron or node of start, size and idle, ...
  --rounds  how often each side is measured, in turn (5)
  --depth   rows of the deepest queue (1,000,000)
  --out     rows as JSON; .cache/bench/bench-results.json unless said otherwise, with a page of charts beside it
Exit codes: 0 measured, 1 it could not be, 2 arguments.`,
  build: `npm run build
The addons and the page.`,
  kiosk: `npm run kiosk -- --profile NAME [--host node|electron] [--data DIR] [--port N] [--staff-port N] [--open] [--print-token] [--site FILE] [--set KEY=VALUE]...
One kiosk, until it is stopped. Exit codes: 0 stopped, 1 something is missing, 2 arguments or settings.
${site}
  --data DIR        everything it writes; .data/PROFILE unless said otherwise
  --open            node host: shows the page in Chromium, full screen
  --print-token     prints the page's address with its token to what is no terminal as well`,
  'staff-key': `npm run staff-key -- --data DIR (--name NAME --role clerk|engineer [--print] | --list | --remove NAME)
A key for one device of the staff's, shown once. --data: the folder that the kiosk was given.`,
  'staff-page': `npm run staff-page -- --socket PATH [--port N]
The staff's page alone, where systemd runs core and screen. --socket: the core's staff socket.`,
  outbox: `npm run outbox -- look|verify FILE
npm run outbox -- salvage FILE --data DIR [--journal DIR]
npm run outbox -- export FILE --out FILE --terminal ID [--data DIR] [--journal DIR]
What is in a queue's file (never content), and a way back for what was not sent. Exit codes: 0 nothing wrong, 1 something is, 2 arguments.`,
  platform: `npm run platform -- [--port N] [--data DIR] [--host ADDRESS] [--kiosk ID]... [--providers URL] [--rounding down|nearest|up] [--tls]
npm run platform -- --take FILE [--answer FILE] [--data DIR]
The reference platform; or takes the export of a kiosk with a dead line, and writes the answer to carry back.`,
  'virtual-card': `npm run virtual-card -- --card NAME [--reader HOST:PORT] [--log FILE] [--state FILE] [--pki DIR]
Lays a test card on a virtual reader and prints its PIN. A name that there is not lists all of them.`,
  package: `npm run package [-- --out DIR]
An unpacked directory to put on a kiosk; dist/package unless said otherwise.`,
  screens: `npm run screens [-- --only NAME,...] [--layout NAME] [--language ja|en]
A picture of every screen, with an index page, in .cache/screens.`,
  'screens:compare': `npm run screens:compare -- --take FOLDER [--pictures]
npm run screens:compare -- --before FOLDER [--within N]
What a change of the styles does to every screen. The first keeps how all of them are drawn, and goes on where it stopped; the second, after the
change, lists each element that differs (.cache/compare/elements.txt) and puts what changed most first on a sheet: before, after, difference.
  --only NAME,...   --layout NAME   --ways ja,ja+low,...   --within N (differences up to N CSS px are left out; 2)`,
};

/** Whether somebody asks for help: before a lone `--`, which ends the options. */
export function asksForHelp(rest) {
  const end = rest.indexOf('--');
  return (end === -1 ? rest : rest.slice(0, end)).some((word) => word === '--help' || word === '-h');
}
