import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAst } from 'vite';
import { sourcesBelow } from './import-rules.ts';

/**
 * A function of logic stays under 70 lines: what it does can be read on one screen, and what it holds can be tested apart.
 *
 * Counted are the lines from a function's first to its last, functions within it included: a closure that is used as a class is as long as all
 * its methods. Not counted are lines that are data, whatever file they stand in:
 * - a statechart: what is given to XState's `setup`, `createMachine` and `createStateConfig`;
 * - a schema: what is given to a function of zod's (`z.object(...)`);
 * - a table: an object or array in which no function has a body of statements (words, statements of SQL, fields by name);
 * - what is drawn: JSX.
 */
const MOST_LINES = 70;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;
const isFunction = ({ type }: Node) =>
  type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression';

const children = (node: Node): Node[] =>
  Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []));

const nameOf = (node: unknown): string | null =>
  !isNode(node)
    ? null
    : typeof node['name'] === 'string'
      ? node['name']
      : node.type === 'Literal' && typeof node['value'] === 'string'
        ? node['value']
        : null;

const CHARTS = new Set(['setup', 'createMachine', 'createStateConfig']);

function isOfChartOrSchema(call: Node): boolean {
  const callee = call['callee'];
  if (!isNode(callee)) return false;
  if (callee.type === 'Identifier') return CHARTS.has(nameOf(callee) ?? '');
  return CHARTS.has(nameOf(callee['property']) ?? '') || nameOf(callee['object']) === 'z';
}

const hasStatements = (node: Node): boolean =>
  (isFunction(node) && isNode(node['body']) && node['body'].type === 'BlockStatement') || children(node).some(hasStatements);

function isData(node: Node): boolean {
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') return true;
  return (node.type === 'ObjectExpression' || node.type === 'ArrayExpression') && !hasStatements(node);
}

/** A function of some length. `name`: its own, or that of what it is given to. */
export interface Measured {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

/** @returns every function of a source, with the lines that are no data */
export function functionsOf(text: string, lang: 'ts' | 'tsx'): Measured[] {
  const begins = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const lineAt = (offset: number) => begins.findLastIndex((begin) => begin <= offset);
  const found: Measured[] = [];

  /** @returns the lines, by number, that are data in and below this node */
  const walk = (node: Node, name: string): Set<number> => {
    const data = new Set<number>();
    // The first and the last line of data hold the logic around it.
    const take = ({ start, end }: Node) => {
      for (let line = lineAt(start) + 1; line < lineAt(end); line += 1) data.add(line);
    };
    if (isData(node)) take(node);
    if (node.type === 'CallExpression' && isOfChartOrSchema(node))
      for (const given of (node['arguments'] as Node[]).filter(isNode)) take(given);
    const own = nameOf(node['id']) ?? nameOf(node['key']) ?? name;
    for (const child of children(node)) for (const line of walk(child, own)) data.add(line);
    if (isFunction(node)) {
      const first = lineAt(node.start);
      const last = lineAt(node.end);
      const inside = [...data].filter((line) => line >= first && line <= last).length;
      found.push({ name: own, line: first + 1, lines: last - first + 1 - inside });
    }
    return data;
  };
  walk(parseAst(text, { lang }) as unknown as Node, '');
  return found;
}

/** @returns one line per function that is too long */
export function functionLengths(root: string): string[] {
  return ['main', 'native', 'renderer'].flatMap((folder) =>
    sourcesBelow(join(root, folder)).flatMap((file) => {
      if (/\.test\.tsx?$/.test(file)) return [];
      return functionsOf(readFileSync(file, 'utf8'), file.endsWith('x') ? 'tsx' : 'ts')
        .filter(({ lines }) => lines >= MOST_LINES)
        .map(
          ({ name, line, lines }) =>
            `${relative(root, file)}:${line}: ${name} has ${lines} lines of logic, ${MOST_LINES - 1} at most`,
        );
    }),
  );
}
