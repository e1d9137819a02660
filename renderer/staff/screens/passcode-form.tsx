import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { StaffState } from '../../../main/contract/staff.ts';
import { Button, Message } from '../components/basics.tsx';
import { useStaff } from '../components/staff-context.tsx';

interface PasscodeFormProps {
  readonly state: StaffState;
  readonly label: string;
  readonly danger?: boolean;
  readonly onPasscode: (passcode: string) => void;
  readonly onCancel: () => void;
}

/** The core makes the fifth try wait eight seconds; after so long no answer will come. */
const LONGEST_CHECK_MS = 15_000;

/**
 * The passcode lives in the field only, never in React's state; it is taken out of the field when it is sent. Asking again and again is
 * slowed down by the core, and the page says that it is checking.
 */
export function PasscodeForm({ state, label, danger = false, onPasscode, onCancel }: PasscodeFormProps) {
  const { t } = useStaff();
  const field = useRef<HTMLInputElement>(null);
  const [checking, setChecking] = useState(false);
  /** What was refused before this form opened is not told again. */
  const [tried, setTried] = useState(false);
  const id = useId();
  const { refused, triesLeft } = state;
  useEffect(() => {
    if (refused === null) return;
    setChecking(false);
    field.current?.focus();
  }, [refused]);
  useEffect(() => {
    field.current?.focus();
    if (!checking) return;
    const timer = setTimeout(() => setChecking(false), LONGEST_CHECK_MS);
    return () => clearTimeout(timer);
  }, [checking]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = field.current;
    if (input === null || input.value.length < 6) {
      input?.focus();
      return;
    }
    onPasscode(input.value);
    input.value = '';
    setChecking(true);
    setTried(true);
  };
  return (
    <form className="passcode stack" onSubmit={submit} autoComplete="off">
      <label htmlFor={id}>{t('access.passcode')}</label>
      <input
        ref={field}
        id={id}
        type="password"
        inputMode="text"
        autoComplete="off"
        minLength={6}
        maxLength={64}
        required
        data-passcode=""
        {...(refused === null ? {} : { 'aria-describedby': `${id}-says` })}
      />
      <div id={`${id}-says`} className="answer">
        {refused === null || checking || !tried ? null : (
          <Message tone="stop" role="alert">
            {t(`access.refused.${refused}`)}
            {refused === 'wrong-passcode' && triesLeft !== null ? ` ${t('access.triesLeft', { tries: triesLeft })}` : null}
          </Message>
        )}
        {checking ? (
          <Message tone="info" role="status">
            {t('access.checking')}
          </Message>
        ) : null}
      </div>
      <div className="row">
        <Button submit kind={danger ? 'danger' : 'primary'} name="passcode-ok">
          {label}
        </Button>
        <Button onPress={onCancel} name="passcode-cancel">
          {t('console.cancel')}
        </Button>
      </div>
    </form>
  );
}
