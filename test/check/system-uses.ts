import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sourcesBelow } from './import-rules.ts';

/**
 * What is specific to one system stands in one place per process: a folder or a file called `system`, or the addon that is one itself. There
 * another system is one more branch; everywhere else it is an import.
 */
const PLACES = /(?:^|\/)system(?:\/|\.(?:test\.)?ts$)|^native\/(?:(?:pcsc|systemd-notify|node)\/|build-addon\.mjs$)/;

/** Asking which system it is, or naming a file that only one system has. */
const USES = /process\.platform|process\.get[eu]*[ug]id|(['"`])\/(?:dev|proc|sys|run)\/[\w/.-]+\1/;

const isComment = (line: string) => /^\s*(?:\/\/|\/?\*)/.test(line);

/** @returns the numbers of the lines that ask for the system */
export const systemLines = (text: string): number[] =>
  text.split('\n').flatMap((line, at) => (!isComment(line) && USES.test(line) ? [at + 1] : []));

/** @returns one line per use outside its place, in the files of main and native that are no tests */
export function systemFaults(root: string): string[] {
  return ['main', 'native']
    .flatMap((folder) => sourcesBelow(join(root, folder)))
    .map((file) => relative(root, file))
    .filter((file) => !PLACES.test(file) && !/\.test\.tsx?$/.test(file))
    .flatMap((file) =>
      systemLines(readFileSync(join(root, file), 'utf8')).map(
        (line) => `${file}:${line}: belongs to the system module of its process (test/check/system-uses.ts)`,
      ),
    );
}
