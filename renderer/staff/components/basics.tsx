import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../components/icons.tsx';
import type { AskFailure } from '../port/connect.ts';
import { useStaff } from './staff-context.tsx';

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
    <div className={`message ${tone}`} {...(role === undefined ? {} : { role })}>
      <Icon name={tone} />
      <div className="words">{children}</div>
    </div>
  );
}

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly kind?: 'primary' | 'plain' | 'danger';
  readonly icon?: IconName;
  readonly name?: string;
  readonly submit?: boolean;
  readonly off?: boolean;
  /** For a button that switches. */
  readonly pressed?: boolean;
}

export function Button({ children, onPress, kind = 'plain', icon, name, submit = false, off = false, pressed }: ButtonProps) {
  return (
    <button
      type={submit ? 'submit' : 'button'}
      className={`button ${kind}`}
      disabled={off}
      data-push={name}
      {...(onPress === undefined ? {} : { onClick: onPress })}
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
