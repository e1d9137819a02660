import type { ReactNode } from 'react';
import { formatReceipt } from '../../main/contract/receipt.ts';
import { usePageContext } from '../context/context.tsx';
import { groupsOf, maskedGroups, unmasked } from '../context/groups.ts';

/** Characters in groups, each read aloud by itself. */
function Grouped({
  groups,
  className,
  ears = null,
}: {
  readonly groups: readonly string[];
  readonly className: string;
  /** What is read aloud, where it is not the groups. */
  readonly ears?: string | null;
}) {
  return (
    <span className={className}>
      <span className="visually-hidden">
        {(ears === null ? groups : groupsOf(ears)).map((group) => [...group].join(' ')).join(', ')}
      </span>
      <span className="groups" aria-hidden="true">
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place, and two may be alike
          <span key={index}>{group}</span>
        ))}
      </span>
    </span>
  );
}

/** An account of which only the end is known here. */
export function MaskedNumber({ account }: { readonly account: string }) {
  return <Grouped className="account" groups={maskedGroups(account)} ears={unmasked(account)} />;
}

/** What was typed, four and four. */
export function TypedNumber({ text }: { readonly text: string }) {
  return <Grouped className="account" groups={text.includes('•') ? maskedGroups(text) : groupsOf(text)} ears={unmasked(text)} />;
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
  const { t } = usePageContext();
  return (
    <div className={large ? 'receipt large' : 'receipt'}>
      <span className="name">{t('labels.receipt')}</span>
      <span className="value">
        <span className="visually-hidden">{[...receipt].join(' ')}</span>
        <span aria-hidden="true">{formatReceipt(receipt)}</span>
      </span>
      {children === undefined ? null : <span className="small">{children}</span>}
    </div>
  );
}
