import * as fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import Database from 'better-sqlite3';

/**
 * Loaded before the real core: its loop then stands still for good at one piece of work, and the file `noted` gets a line each time.
 * `where`: `mark` or `row`, at the row of the place `at`; `check`; or `journal`, at the file of the inode `at`.
 */
const { searchParams } = new URL(import.meta.url);
const where = searchParams.get('where');
const at = Number(searchParams.get('at'));
const noted = searchParams.get('noted') ?? '';

function standStill(): never {
  fs.appendFileSync(noted, `${where}\n`);
  // As an endless loop does, without its heat.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

type Method = (this: { source: string }, ...args: unknown[]) => unknown;

function atStatement(name: 'run' | 'get' | 'all', pattern: RegExp, isIt: (first: unknown) => boolean): void {
  const probe = new Database(':memory:');
  const statement: Record<typeof name, Method> = Object.getPrototypeOf(probe.prepare('SELECT 1'));
  probe.close();
  const real = statement[name];
  statement[name] = function (...args) {
    if (pattern.test(this.source) && isIt(args[0])) standStill();
    return real.apply(this, args);
  };
}

switch (where) {
  case 'mark':
    atStatement('run', /^UPDATE outbox SET state = 'sending'/, (first) => first === at);
    break;
  case 'row':
    atStatement('get', /^SELECT seq, id.*FROM outbox WHERE seq = \?/s, (first) => first === at);
    break;
  case 'check':
    atStatement('all', /WHERE seq > \? ORDER BY seq LIMIT 20$/, () => true);
    break;
  case 'journal': {
    const real = fs.openSync;
    const open = ((path: fs.PathLike, flags: fs.OpenMode, ...rest: unknown[]) => {
      if (flags === 'r' && fs.statSync(String(path), { throwIfNoEntry: false })?.ino === at) standStill();
      return Reflect.apply(real, fs, [path, flags, ...rest]);
    }) as typeof fs.openSync;
    Object.assign(createRequire(import.meta.url)('node:fs'), { openSync: open });
    syncBuiltinESMExports();
  }
}
