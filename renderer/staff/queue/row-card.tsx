import { formatReceipt } from '../../../main/contract/receipt.ts';
import type { SubmissionKind } from '../../../main/contract/submission.ts';
import { useStaff } from '../components/staff-context.tsx';

interface RowFactsProps {
  readonly receipt: string;
  readonly kind: SubmissionKind;
  readonly attempts: number;
  /** More facts, each a name and its value. */
  readonly more: readonly (readonly [name: string, value: string])[];
}

/** What staff see of one row: nothing that names a person. */
export function RowFacts({ receipt, kind, attempts, more }: RowFactsProps) {
  const { t } = useStaff();
  const facts = [[t('queue.kind'), t(`journey.${kind}`)], [t('queue.attempts'), String(attempts)], ...more] as const;
  return (
    <dl className="grid">
      <div>
        <dt>{t('queue.receipt')}</dt>
        <dd>
          <code>{formatReceipt(receipt)}</code>
        </dd>
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
