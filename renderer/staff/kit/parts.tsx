import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../components/icons.tsx';
import type { AskFailure } from '../port/connect.ts';
import { useStaff } from './kit.tsx';

export type Tone = 'ok' | 'info' | 'caution' | 'stop';

/** State as icon, word and shape; never by colour alone. */
export function Message({
  tone,
  role,
  children,
}: {
  readonly tone: Tone;
  readonly role?: 'alert' | 'status';
  readonly children: ReactNode;
}) {
  return (
    <div className={`say ${tone}`} {...(role === undefined ? {} : { role })}>
      <Icon name={tone} />
      <div className="say-words">{children}</div>
    </div>
  );
}

interface PushProps {
  readonly children: ReactNode;
  readonly onPush?: () => void;
  readonly kind?: 'primary' | 'plain' | 'danger';
  readonly icon?: IconName;
  readonly name?: string;
  readonly submit?: boolean;
  readonly off?: boolean;
  /** For a button that switches. */
  readonly pressed?: boolean;
}

export function Button({ children, onPush, kind = 'plain', icon, name, submit = false, off = false, pressed }: PushProps) {
  return (
    <button
      type={submit ? 'submit' : 'button'}
      className={`push ${kind}`}
      disabled={off}
      data-push={name}
      {...(onPush === undefined ? {} : { onClick: onPush })}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

/** A request's failure in words. */
export function Failure({ failure }: { readonly failure: AskFailure | null }) {
  const { t } = useStaff();
  return failure === null ? null : (
    <Message tone="stop" role="alert">
      {t(`failed.${failure}`)}
    </Message>
  );
}
