import { type FormEvent, useId, useRef, useState } from 'react';
import { Button, Message } from '../components/basics.tsx';
import { useStaff } from '../components/staff-context.tsx';
import { enterKey } from '../port/key-half.ts';

/** A device that has no key yet: it is typed, pasted or scanned here, and stays neither in the field nor in React's state. */
export function EnterKey() {
  const { t } = useStaff();
  const field = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState(false);
  const id = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const given = field.current?.value ?? '';
    if (field.current !== null) field.current.value = '';
    const entered = await enterKey(given, localStorage);
    setWrong(!entered);
    if (entered) location.reload();
  };
  return (
    <section className="box narrow stack" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('access.keyless')}</h2>
      <p id={`${id}-text`}>{t('access.keylessText')}</p>
      <form className="passcode stack" onSubmit={(event) => void submit(event)} autoComplete="off">
        <label htmlFor={`${id}-key`}>{t('access.key')}</label>
        <input
          ref={field}
          id={`${id}-key`}
          type="text"
          maxLength={60}
          required
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-describedby={`${id}-text`}
          data-key=""
        />
        <div className="answer">
          {wrong ? (
            <Message tone="stop" role="alert">
              {t('access.keyWrong')}
            </Message>
          ) : null}
        </div>
        <div className="row">
          <Button submit kind="primary" name="enter-key">
            {t('access.keyEnter')}
          </Button>
        </div>
      </form>
    </section>
  );
}
