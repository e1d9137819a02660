import { type FormEvent, useId, useRef, useState } from 'react';
import type { StaffState } from '../../../main/contract/staff.ts';
import { Button, Message } from '../components/basics.tsx';
import { useStaff } from '../components/staff-context.tsx';

/** First use of a key: its passcode, twice. Both stay in their fields and out of React's state. */
export function FirstUse({ state: { refused } }: { readonly state: StaffState }) {
  const { t, say } = useStaff();
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(false);
  const [differ, setDiffer] = useState(false);
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [one, two] = [first.current, second.current];
    if (one === null || two === null) return;
    const same = one.value === two.value;
    setDiffer(!same);
    if (same) say({ type: 'set-passcode', passcode: one.value });
    one.value = '';
    two.value = '';
    one.focus();
  };
  const type = shown ? 'text' : 'password';
  const limits = { minLength: 6, maxLength: 64, required: true, autoComplete: 'off' } as const;
  return (
    <section className="box narrow stack" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('access.first')}</h2>
      <p id={`${id}-rules`}>{t('access.firstText')}</p>
      <form className="passcode stack" onSubmit={submit} autoComplete="off">
        <label htmlFor={`${id}-1`}>{t('access.passcode')}</label>
        <input ref={first} id={`${id}-1`} type={type} {...limits} aria-describedby={`${id}-rules`} data-passcode="" />
        <label htmlFor={`${id}-2`}>{t('access.again')}</label>
        <input ref={second} id={`${id}-2`} type={type} {...limits} data-passcode-again="" />
        <div className="answer">
          {differ ? (
            <Message tone="stop" role="alert">
              {t('access.differ')}
            </Message>
          ) : refused === 'weak-passcode' ? (
            <Message tone="stop" role="alert">
              {t('access.refused.weak-passcode')}
            </Message>
          ) : null}
        </div>
        <div className="row">
          <Button submit kind="primary" name="set-passcode">
            {t('access.set')}
          </Button>
          <Button onPress={() => setShown(!shown)} pressed={shown} name="show">
            {shown ? t('access.hide') : t('access.show')}
          </Button>
        </div>
      </form>
    </section>
  );
}
