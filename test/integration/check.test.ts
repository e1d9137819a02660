import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { functionLengths, functionsOf } from '../check/function-length.ts';
import { circlesOf } from '../check/import-circles.ts';
import { testFolder } from '../support/test-folder.ts';

it('names each circle of imports once, whatever hangs on it', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', ['e']],
    ['e', []],
    ['f', ['f', 'a']],
  ]);
  expect(circlesOf(graph)).toEqual([['a', 'b', 'c'], ['f']]);
});

const logic = (lines: number) => Array.from({ length: lines }, (_, at) => `  call(${at});`).join('\n');
const words = (lines: number) => Array.from({ length: lines }, (_, at) => `    k${at}: 'v',`).join('\n');
const longest = (text: string, lang: 'ts' | 'tsx' = 'ts') => Math.max(...functionsOf(text, lang).map(({ lines }) => lines));

it('counts a function from its first line to its last, functions within it included', () => {
  expect(longest(`function f() {\n${logic(80)}\n}`)).toBe(82);
  expect(longest(`const f = () => {\n  const g = () => {\n${logic(80)}\n  };\n  return { g };\n};`)).toBe(85);
});

it.each([
  ['a chart', `const f = (deps) => setup({}).createMachine({\n  entry: () => {\n${logic(80)}\n  },\n});`],
  ['a schema', `const f = () => z.object({\n${words(80)}\n});`],
  ['a table', `const f = () => {\n  return {\n${words(80)}\n  };\n};`],
])('does not count %s', (_, text) => {
  expect(
    Math.max(
      ...functionsOf(text, 'ts')
        .filter(({ name }) => name === 'f')
        .map(({ lines }) => lines),
    ),
  ).toBeLessThan(10);
});

it('does not count what is drawn, but what decides about it', () => {
  const drawn = Array.from({ length: 80 }, () => '    <p>x</p>').join('\n');
  expect(longest(`function F() {\n${logic(20)}\n  return (\n    <div>\n${drawn}\n    </div>\n  );\n}`, 'tsx')).toBeLessThan(30);
  expect(longest(`function F() {\n${logic(80)}\n  return <p>x</p>;\n}`, 'tsx')).toBe(83);
});

it('counts an object whose functions have bodies', () => {
  expect(longest(`const f = () => ({\n  g() {\n${logic(80)}\n  },\n});`)).toBe(84);
});

it('names a function that is too long, and where', () => {
  const root = testFolder('world', 'long');
  mkdirSync(join(root, 'main'));
  mkdirSync(join(root, 'native'));
  mkdirSync(join(root, 'renderer'));
  writeFileSync(join(root, 'main/short.ts'), `function f() {\n${logic(60)}\n}`);
  writeFileSync(join(root, 'main/long.ts'), `\nfunction f() {\n${logic(80)}\n}`);
  expect(functionLengths(root)).toEqual(['main/long.ts:2: f has 82 lines of logic, 69 at most']);
});
