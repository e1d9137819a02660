import { formatReceipt } from '../../../main/contract/receipt.ts';
import type { SubmissionKind } from '../../../main/contract/submission.ts';
import { useStaff } from '../kit/kit.tsx';
import { OPS_WORDS } from '../strings/ops-words.ts';

interface RowFactsProps {
  readonly receipt: string;
  readonly kind: SubmissionKind;
  readonly attempts: number;
  /** More facts, each a name and its value. */
  readonly more: readonly (readonly [name: string, value: string])[];
}

/** What staff see of one row: nothing that names a person. */
export function RowFacts({ receipt, kind, attempts, more }: RowFactsProps) {
  const { words, language } = useStaff();
  const t = OPS_WORDS[language].queue;
  const facts = [[t.kind, words.journeys[kind]], [t.attempts, String(attempts)], ...more] as const;
  return (
    <dl>
      <div>
        <dt>{t.receipt}</dt>
        <dd className="digits">{formatReceipt(receipt)}</dd>
      </div>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
