import { spawn } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findScreenUser, makeScreenHome } from '../../main/hosts/launch/system/screen-user.ts';
import { PROMISE } from '../support/promises.ts';

/**
 * A process of the screen's user that puts links to root's files wherever a home appears, as fast as it can: at every name that is
 * written there. It says so when it ends.
 */
const RACER = `
  my ($tmp, $secret, $folder) = @ARGV;
  my $end = time + 60;
  print "racing\\n"; $| = 1;
  while (time < $end) {
    opendir(my $all, $tmp) or next;
    for my $made (grep { /^madoguchi-/ } readdir $all) {
      my $home = "$tmp/$made/screen";
      next unless -d $home;
      for (1..200) {
        for my $name ('Xauthority', 'start.html') {
          symlink($secret, "$home/$name") and print "link\\n";
          if (!-l "$home/$name" && -O _) { unlink("$home/$name") }
        }
        if (!-l "$home/full") { rename("$home/full", "$home/old$_"); symlink($folder, "$home/full") }
      }
    }
    closedir $all;
  }
`;
const ROUNDS = 150;
const SECRET = 'only root reads this';

describe.skipIf(process.getuid?.() !== 0)(
  'a launcher that is root, beside a screen user who races it (skipped: not root)',
  () => {
    const user = findScreenUser({});
    let tmp: string;
    let vault: string;
    let before: string | undefined;
    beforeEach(() => {
      before = process.env.TMPDIR;
      tmp = mkdtempSync(join(tmpdir(), 'mado-race-'));
      chmodSync(tmp, 0o1777);
      vault = join(tmp, 'vault');
      mkdirSync(vault, { mode: 0o700 });
      for (const name of ['shadow', 'kept-1', 'kept-2']) writeFileSync(join(vault, name), SECRET, { mode: 0o600 });
      writeFileSync(join(tmp, 'authority'), ENTRY);
      process.env.TMPDIR = tmp;
    });
    afterEach(() => {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
      rmSync(tmp, { recursive: true, force: true });
    });

    it(`gives away none of root's files in ${ROUNDS} starts and ends`, async () => {
      if (user === null) throw new Error('root has a screen user');
      const racer = spawn('/usr/bin/perl', ['-e', RACER, tmp, join(vault, 'shadow'), vault], { ...user, cwd: '/', env: {} });
      let links = 0;
      await new Promise<void>((resolve) =>
        racer.stdout.on('data', (text: Buffer) => {
          links += text.toString().split('link').length - 1;
          resolve();
        }),
      );
      const seen = () => {
        const { uid, mode } = statSync(join(vault, 'shadow'));
        return { uid, mode: mode & 0o777, text: readFileSync(join(vault, 'shadow'), 'utf8'), files: readdirSync(vault).length };
      };
      for (let round = 1; round <= ROUNDS; round++) {
        const home = makeScreenHome({ XAUTHORITY: join(tmp, 'authority'), DISPLAY: ':0' }, user, { 'start.html': '<a secret>' });
        expect({ round, ...seen() }, PROMISE).toEqual({ round, uid: 0, mode: 0o600, text: SECRET, files: 3 });
        expect(lstatSync(home.path).uid).toBe(user.uid);
        await new Promise((resolve) => setTimeout(resolve, 5));
        home.remove();
        expect({ round, ...seen() }, PROMISE).toEqual({ round, uid: 0, mode: 0o600, text: SECRET, files: 3 });
      }
      racer.kill();
      // It was there, and quick enough to get its links in.
      expect(links).toBeGreaterThan(ROUNDS / 3);
    });
  },
);

const field = (text: string) => Buffer.concat([Buffer.from([0, text.length]), Buffer.from(text)]);
const ENTRY = Buffer.concat([
  Buffer.from([1, 0]),
  field('host'),
  field('0'),
  field('MIT-MAGIC-COOKIE-1'),
  field('0123456789abcdef'),
]);
