import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Settings } from '../../main/contract/config.ts';

/** The JSON Schema of a settings file (an editor's help for the engineer). With `--check`: is the stored one still true? */
type Node = Record<string, unknown>;

/** A file may leave any setting to another layer, so nothing is required and notes (`//`, `$schema`) are allowed. */
function partial(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(partial);
  if (typeof node !== 'object' || node === null) return node;
  const out: Node = {};
  for (const [key, value] of Object.entries(node)) if (key !== 'required') out[key] = partial(value);
  return out;
}

const whole = partial(z.toJSONSchema(Settings, { target: 'draft-2020-12' })) as Node & { properties: Node };
const schema = {
  ...whole,
  title: 'Madoguchi kiosk settings',
  properties: { $schema: { type: 'string' }, '//': { type: 'string', description: 'a note' }, ...whole.properties },
};
const file = join(import.meta.dirname, '../../kiosk-config/schema.generated.json');
const text = `${JSON.stringify(schema, null, 2)}\n`;
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error('kiosk-config/schema.generated.json is stale: node test/check/write-config-schema.ts');
  process.exitCode = 1;
}
