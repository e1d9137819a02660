import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { importsOf, sourcesBelow } from './import-rules.ts';

/** Who imports whom, files of ours only; `import type` counts too: a reader walks round it all the same. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** @returns every set of files that reach one another, each once (Tarjan's strongly connected components) */
export function circlesOf(graph: ImportGraph): string[][] {
  const order = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];

  const visit = (file: string): number => {
    const place = order.size;
    order.set(file, place);
    open.push(file);
    let low = place;
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, order.get(next) ?? low);
    }
    if (low === place) {
      const circle = open.splice(open.indexOf(file));
      if (circle.length > 1 || (graph.get(file) ?? []).includes(file)) circles.push(circle.sort());
    }
    return low;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles;
}

/** @returns one line per circle among the files of main, native and renderer */
export function importCircles(root: string): string[] {
  const files = new Map(
    ['main', 'native', 'renderer'].flatMap((folder) =>
      sourcesBelow(join(root, folder)).map((file) => [relative(root, file), readFileSync(file, 'utf8')] as const),
    ),
  );
  const graph: ImportGraph = new Map(
    [...files].map(([path, text]) => [
      path,
      importsOf(text)
        .filter((name) => name.startsWith('.'))
        .map((name) => join(dirname(path), name))
        .filter((target) => files.has(target)),
    ]),
  );
  return circlesOf(graph).map((circle) => `import one another, directly or in a round: ${circle.join(', ')}`);
}
