import { expect, test } from 'vitest';
import { citationFaults, headingsOf, pathFaults } from './citations.ts';

const documents = {
  headings: new Map([['SOURCES.md', headingsOf('# The card\n\n## Card: files\n\ntext\n## Card: PIN and VERIFY\n')]]),
  exists: (path: string) => ['main/SOURCES.md', 'native/README.md'].includes(path),
};
const faults = (text: string, path = 'main/core/a.ts') => citationFaults(path, text, documents);

test.each([
  '// The limit (SOURCES.md, Card: files).',
  '/** The limit (SOURCES.md, Card: files; SOURCES.md, Card: PIN and VERIFY) */',
  '/**\n * What a card forgets (SOURCES.md, Card: PIN\n * and VERIFY).\n */',
  '// SOURCES.md, Card: files',
  '  // A cut line (SOURCES.md, Card: PIN and\n  // VERIFY): once.',
  "describe('PIN (SOURCES.md, Card: PIN and VERIFY)', () => {",
  '/** RFC 9110 section 10.2.3 */',
  '/** The least (RFC 8011\n * section 5.4.12). */',
])('stands: %j', (text) => {
  expect(faults(text)).toEqual([]);
});

test('headings of every depth count, as they are written', () => {
  expect(headingsOf('# One\n## Two: three\ntext # no\n#### Four \n')).toEqual(['One', 'Two: three', 'Four']);
});

test.each([
  ['a heading that is not there', '// (SOURCES.md, Card: PIN)'],
  ['a heading that goes on', '// SOURCES.md, Card: files of a phone'],
  ['a cut one', '/**\n * (SOURCES.md, Card: PIN\n * and something)\n */'],
  ['a document elsewhere', '// queue-and-sync.md, 4'],
  ['one in a folder elsewhere', '// ../shared/research/house.md'],
  ['a bare number', '/** The limit (section 3.4). */'],
  ['a number of another document', '/** DESIGN section 4 */'],
  ['many numbers', '// (sections 3.1, 3.6)'],
])('falls: %s', (_, text) => {
  expect(faults(text)).toHaveLength(1);
});

test('a document is found beside the file, from the root, or in main', () => {
  expect(faults('README.md', 'native/x.md')).toEqual([]);
  expect(faults('see native/README.md')).toEqual([]);
  expect(faults('README.md', 'renderer/x.md')).toEqual(['renderer/x.md: cites README.md, which is not here']);
});

test.each([
  ['`main/SOURCES.md`, `core/a.ts`, [here](SOURCES.md)', []],
  ['`core/b.ts`', ['main/DESIGN.md: names core/b.ts, which is not here']],
  ['[there](core/README.md#begin)', ['main/DESIGN.md: names core/README.md, which is not here']],
  ['`DATA/queue`, `words/<language>/x.json`, `dist/package`, `@digital/tokens`', []],
])('a path in a document leads somewhere: %s', (text, wrong) => {
  const exists = (path: string) => ['main/SOURCES.md', 'main/core/a.ts'].includes(path);
  expect(pathFaults('main/DESIGN.md', text, exists)).toEqual(wrong);
});
