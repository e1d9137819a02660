import type { ReactNode } from 'react';
import { formatReceipt } from '../../main/contract/receipt.ts';
import { useKit } from '../kit/kit.tsx';

/** Characters in groups, each read aloud by itself. */
function Grouped({ groups, className }: { readonly groups: readonly string[]; readonly className: string }) {
  return (
    <span className={className}>
      <span className="for-ears">{groups.map((group) => [...group].join(' ')).join(', ')}</span>
      <span className="groups" aria-hidden="true">
        {groups.map((group) => (
          <span key={group}>{group}</span>
        ))}
      </span>
    </span>
  );
}

/** The My Key ID, four and four. */
export function MyKeyIdBox({ label, id }: { readonly label: ReactNode; readonly id: string }) {
  return (
    <div className="id-box">
      <span className="name">{label}</span>
      <Grouped className="my-key-id" groups={[id.slice(0, 4), id.slice(4)]} />
    </div>
  );
}

interface ReceiptProps {
  readonly receipt: string;
  readonly large?: boolean;
  /** A small line under it. */
  readonly children?: ReactNode;
}

/** A receipt number, 3-3-4. */
export function Receipt({ receipt, large = false, children }: ReceiptProps) {
  const { t } = useKit();
  return (
    <div className={large ? 'receipt large' : 'receipt'}>
      <span className="name">{t('labels.receipt')}</span>
      <span className="value">
        <span className="for-ears">{[...receipt].join(' ')}</span>
        <span aria-hidden="true">{formatReceipt(receipt)}</span>
      </span>
      {children === undefined ? null : <span className="small">{children}</span>}
    </div>
  );
}
