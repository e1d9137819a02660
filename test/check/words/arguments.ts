import { parseMessage } from '../../../main/contract/words/texts.ts';

type Node = ReturnType<ReturnType<typeof parseMessage>['getAst']>[number];

/** Element types of the parser (TYPE of @formatjs/icu-messageformat-parser, a const enum that cannot be imported). */
const KINDS = ['literal', 'argument', 'number', 'date', 'time', 'select', 'plural', 'pound', 'tag'] as const;

/**
 * The placeholders of a message, and whether each has to be a number.
 * @throws SyntaxError for a text that is no message
 */
export function argumentsOf(text: string): ReadonlyMap<string, 'number' | 'any'> {
  const found = new Map<string, 'number' | 'any'>();
  const look = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      const kind = KINDS[node.type] ?? 'tag';
      if (kind === 'literal' || !('value' in node)) continue;
      const name = String(node.value);
      if (kind === 'number' || kind === 'plural') found.set(name, 'number');
      else if (!found.has(name)) found.set(name, 'any');
      if ('options' in node) for (const option of Object.values(node.options)) look(option.value);
    }
  };
  look(parseMessage(text, 'en').getAst());
  return found;
}
