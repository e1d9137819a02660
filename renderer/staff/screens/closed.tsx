import { useState } from 'react';
import type { StaffState } from '../../../main/contract/staff.ts';
import { Button } from '../components/basics.tsx';
import { useStaff } from '../components/staff-context.tsx';
import { PasscodeForm } from './passcode-form.tsx';

type Wish = 'open' | 'end-visit';

/** Below the help window: what needs the passcode. Nothing of it is on the public screen. */
export function Closed({ state }: { readonly state: StaffState }) {
  const { t, say } = useStaff();
  const [wish, setWish] = useState<Wish | null>(null);
  const busy = state.help?.busy ?? false;
  if (wish === null) {
    return (
      <section className="box grid" aria-label={t('staff.title')}>
        <div className="stack start">
          <Button kind="primary" icon="next" name="open" onPress={() => setWish('open')}>
            {t('console.open')}
          </Button>
          <p>{t('console.openText')}</p>
        </div>
        {busy ? (
          <div className="stack start">
            <Button kind="danger" icon="stop" name="end-visit" onPress={() => setWish('end-visit')}>
              {t('console.endVisit')}
            </Button>
            <p>{t('console.endVisitText')}</p>
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
    <section className="box narrow stack" aria-label={opening ? t('console.open') : t('console.endVisit')}>
      <h2>{opening ? t('console.open') : t('console.endVisit')}</h2>
      <p>{opening ? t('console.openText') : t('console.endVisitText')}</p>
      <PasscodeForm
        state={state}
        label={opening ? t('console.opening') : t('console.endVisit')}
        danger={!opening}
        onPasscode={send}
        onCancel={() => setWish(null)}
      />
    </section>
  );
}
