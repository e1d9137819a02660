import { useState } from 'react';
import type { StaffState } from '../../../main/contract/staff.ts';
import { useStaff } from '../kit/kit.tsx';
import { Button } from '../kit/parts.tsx';
import { PasscodeForm } from './passcode-form.tsx';

type Wish = 'open' | 'end-visit';

/** Below the help window: what needs the passcode. Nothing of it is on the public screen. */
export function Closed({ state }: { readonly state: StaffState }) {
  const { words, say } = useStaff();
  const [wish, setWish] = useState<Wish | null>(null);
  const busy = state.help?.busy ?? false;
  if (wish === null) {
    return (
      <section className="card doors" aria-label={words.title}>
        <div>
          <Button kind="primary" icon="next" name="open" onPush={() => setWish('open')}>
            {words.console.open}
          </Button>
          <p>{words.console.openText}</p>
        </div>
        {busy ? (
          <div>
            <Button kind="danger" icon="stop" name="end-visit" onPush={() => setWish('end-visit')}>
              {words.console.endVisit}
            </Button>
            <p>{words.console.endVisitText}</p>
          </div>
        ) : null}
      </section>
    );
  }
  const opening = wish === 'open';
  const send = (passcode: string) => {
    say(opening ? { type: 'open', passcode } : { type: 'end-visit', passcode });
    if (!opening) setWish(null);
  };
  return (
    <section className="card narrow" aria-label={opening ? words.console.open : words.console.endVisit}>
      <h2>{opening ? words.console.open : words.console.endVisit}</h2>
      <p>{opening ? words.console.openText : words.console.endVisitText}</p>
      <PasscodeForm
        state={state}
        label={opening ? words.console.opening : words.console.endVisit}
        danger={!opening}
        onPasscode={send}
        onCancel={() => setWish(null)}
      />
    </section>
  );
}
