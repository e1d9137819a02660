import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { defaultPkiDir, loadTestPki } from '../sandbox/pki/index.ts';
import { testData } from '../support/test-folder.ts';
import { forbiddenCommands, searchFor } from './leak-search.ts';
import { applicantNeedles, needlesOf } from './secrets.ts';

/**
 * After all tests: searches every file that a kiosk wrote for the test persons' certificates, serials, names, PINs and My Key IDs, and
 * every card's log for a command outside the allow-list (invariants 6 and 7). A hit is a failure; so is having found nothing to search.
 */
const idsFile = join(testData, 'world', 'my-key-ids.db');

function issuedIds(): string[] {
  if (!existsSync(idsFile)) return [];
  const db = new Database(idsFile, { readonly: true });
  const rows = z.array(z.object({ id: z.string() })).parse(db.prepare('SELECT id FROM issued').all());
  db.close();
  return rows.map((row) => row.id);
}

const ids = issuedIds();
const pki = await loadTestPki(defaultPkiDir);
const needles = [...needlesOf(pki, ids), ...applicantNeedles()];
const { hits, files, bytes } = await searchFor(needles, [join(testData, 'kiosk')]);
for (const { file, offset, needle } of hits.slice(0, 20)) {
  console.error(`LEAK ${file} at ${offset}: ${needle.what} of ${needle.whose} (${needle.form})`);
}
const { commands, forbidden } = await forbiddenCommands([join(testData, 'cards'), join(testData, 'kiosk')]);
for (const line of forbidden.slice(0, 20)) console.error(`FORBIDDEN ${line}`);
console.log(
  `Searched ${files} files (${bytes} bytes) for ${needles.length} forms of secrets, ${ids.length} My Key IDs among them: ${hits.length} hits. ` +
    `${commands} card commands: ${forbidden.length} outside the allow-list.`,
);
// The word that every queued application leaves in the log: without one, nothing was there that could have leaked.
const trace = { whose: 'the kiosk', what: 'form' as const, form: 'raw', bytes: Buffer.from('card-application') };
const applications = (await searchFor([trace], [join(testData, 'kiosk')])).hits.length;
console.log(`${applications} of the files are of kiosks that took applications.`);
if (applications === 0 || files === 0 || commands === 0 || ids.length === 0) {
  console.error('Nothing to search: the tests before this one left no data, so this search proves nothing.');
  process.exitCode = 1;
}
if (hits.length > 0 || forbidden.length > 0) process.exitCode = 1;
