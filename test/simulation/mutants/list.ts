/** One planted bug: edits of files below `main/`. Each `find` has to be there exactly once. */
export interface Mutant {
  readonly name: string;
  readonly edits: readonly { readonly file: string; readonly find: string; readonly replace: string }[];
  /** Whose bug it was, or what it would do to people. */
  readonly why: string;
}

const one = (name: string, file: string, find: string, replace: string, why: string): Mutant => ({
  name,
  edits: [{ file, find, replace }],
  why,
});

/** What must be found within 200 seeds. Never in the product: applied to a copy. */
export const mutants: readonly Mutant[] = [
  one(
    'settled before the answer',
    'core/outbox/settling.ts',
    'fresh.push(id);',
    `fresh.push(id);
            sql.change.end(seq, id, 'accepted', null, null, 0);`,
    'a queue that takes the row out, sends it, and puts it back on failure',
  ),
  one(
    'new id for each attempt',
    'core/sync/sender.ts',
    'const items = rows.map(({ id, kind, receipt, sealed }) => ({ id, kind, receipt, terminal, sealed }));',
    "const items = rows.map(({ id, kind, receipt, sealed, attempts }) => ({ id: attempts === 0 ? id : id.replace(/.$/, (end) => (end === '0' ? '1' : '0')), kind, receipt, terminal, sealed }));",
    'two effects of one act',
  ),
  one(
    'commit without the journal',
    'core/outbox/commits.ts',
    'segment ??= journal.put({ seq, id, kind, receipt, at, sealed, hash });',
    '',
    'one copy instead of two',
  ),
  one(
    'journal without fdatasync',
    'core/outbox/journal.ts',
    'force(() => this.files.fdatasyncSync(this.active.file));',
    '',
    'the second copy is in the cache only',
  ),
  {
    name: 'synchronous = NORMAL',
    edits: [
      {
        file: 'core/outbox/database.ts',
        find: "db.pragma('synchronous = FULL');",
        replace: "db.pragma('synchronous = NORMAL');",
      },
      {
        file: 'core/outbox/database.ts',
        find: "journal === 'wal' && db.pragma('synchronous', { simple: true }) === 2;",
        replace: "journal === 'wal';",
      },
    ],
    why: 'what the library sets on every open',
  },
  one(
    'failed fsync tried again on the same file',
    'core/outbox/storage.ts',
    "this.against = saysDamaged(error) ? 'damaged' : 'suspect';\n      this.giveUp(code);",
    'this.giveUp(code);',
    'the page cache says what the disk does not hold (Q1)',
  ),
  one(
    'file of a failed opening used again',
    'core/outbox/storage.ts',
    "if (!(error instanceof JournalFailure) && suspectCode(code)) this.against ??= saysDamaged(error) ? 'damaged' : 'suspect';",
    '',
    'the same, at the start: found by this simulation',
  ),
  one(
    'payload not held against its hash',
    'core/outbox/rows.ts',
    'same(header.hash, payloadHash(sealed));',
    'sealed.length > 0 || same(header.hash, payloadHash(sealed));',
    'a damaged payload is sent, and refused for good (Q12)',
  ),
  one(
    'unmarked answers believed',
    'core/platform-http/http-platform.ts',
    'if (!markFits(headers[ANSWER_MARK_HEADER], id, status, text))',
    'if (headers[ANSWER_MARK_HEADER] === id)',
    'a gateway settles and parks (Q4)',
  ),
  one(
    'taken-back row comes back from the journal',
    'core/outbox/restored.ts',
    'seq <= (cancelled.get(receipt)?.upTo ?? 0);',
    'seq < 0 * (cancelled.get(receipt)?.upTo ?? 0);',
    'sent although its person was told that it would not be',
  ),
  one(
    'rows in flight not remembered',
    'core/sync/in-flight.ts',
    'for (const { id, seq, receipt } of rows) this.rows.set(id, { seq, receipt });',
    '',
    'an urgent row goes out twice at once',
  ),
  one(
    'order in a receipt ignored',
    'core/outbox/commits.ts',
    'const head = firstWaiting(sql, receipt) === null ? 1 : 0;',
    'const head = 1;',
    'the second act of a person before the first',
  ),
  one(
    'haste before order',
    'core/sync/urgent.ts',
    'outbox.inOrder([row]).length === 0 ||',
    '',
    'an urgent row overtakes its receipt: found by this simulation',
  ),
  one(
    'turn for a blocked group',
    'core/sync/suspects.ts',
    'rows.some((row) => !this.blocks(row, rows));',
    'rows.length > 0;',
    'a receipt never moves again: found by this simulation',
  ),
  {
    // Either alone is made good by the other.
    name: 'no budget, and a back-off that does not grow',
    edits: [
      {
        file: 'core/sync/pace.ts',
        find: 'this.failing || now - this.troubleAt < LINGER_MS || !this.budget.full(now)',
        replace: 'now < 0 && this.failing',
      },
      {
        file: 'core/sync/back-off.ts',
        find: '2 ** Math.min(failures, 20)',
        replace: '2 ** Math.min(failures, 3)',
      },
    ],
    why: 'hundreds of requests an hour to a sick platform (Q7)',
  },
  one(
    'stored due time not clamped',
    'core/outbox/due.ts',
    'const LONGEST_WAIT_MS = 15 * 60_000;',
    'const LONGEST_WAIT_MS = 20 * 365 * 86_400_000;',
    'a clock that jumped back holds a row for years',
  ),
  one(
    'outage counts against a row',
    'core/sync/verdicts.ts',
    'for (const { id, afterMs } of retry) {',
    "for (const { id, afterMs } of retry) {\n      if ((attempts.get(id) ?? 0) >= 4) {\n        outbox.settle([{ id, state: 'parked', code: 'too-many-attempts' }]);\n        continue;\n      }",
    'a verifier that is away for a day parks what people committed',
  ),
  one(
    'challenge expires by the wall clock',
    'core/outbox/outbox.ts',
    'createChallengeStock(storage, () => options.platformNow?.() ?? clock.now()),',
    'createChallengeStock(storage, () => clock.now()),',
    'over-age challenges are handed out (Q14)',
  ),
  one(
    'settled although the disk was full',
    'core/outbox/settling.ts',
    'if (!written) return null;\n    for (const { id } of done)',
    'for (const { id } of done)',
    'told to the person, written nowhere, and settled once more',
  ),
  one(
    'refused commit acknowledged',
    'core/outbox/commits.ts',
    "storage.refuse(id, receipt, segment);\n    return err('storage');",
    'storage.refuse(id, receipt, segment);\n    return ok(null);',
    'promised, and in no copy',
  ),
  one(
    'payload kept after the end',
    'core/outbox/row-changes.ts',
    "if (state !== 'parked') this.statements.dropPayload.run(seq);",
    '',
    'what is settled stays readable on the disk',
  ),
];
