import { type FormEvent, useId, useState } from 'react';
import { EnrolmentCode } from '../../../main/contract/platform.ts';
import type { SettingsView } from '../../../main/contract/staff.ts';
import { Button, Failure, Message } from '../components/basics.tsx';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { useStaff } from '../components/staff-context.tsx';
import { useAnswer } from '../components/use-answer.ts';
import type { AskFailure } from '../port/connect.ts';
import { inGroups } from './code-groups.ts';

/** What this kiosk goes by, the profile, and who the device is to the platform. */
export function SettingsTab() {
  const { t } = useStaff();
  const { answer, failure } = useAnswer({ what: 'settings' }, 'settings');
  if (answer === null)
    return <div className="stack">{failure === null ? <p>{t('console.loading')}</p> : <Failure failure={failure} />}</div>;
  const { settings } = answer;
  return (
    <div className="stack by-finger settings">
      <Profile view={settings} />
      <Device view={settings} />
      <Rows view={settings} />
    </div>
  );
}

interface ViewProps {
  readonly view: SettingsView;
}

function Profile({ view }: ViewProps) {
  const { t, ask } = useStaff();
  const [said, setSaid] = useState<'restarting' | readonly string[] | null>(null);
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const change = async (name: string) => {
    setSaid(null);
    const asked = await ask({ what: 'profile', name });
    setFailure(asked.ok ? null : asked.error);
    if (asked.ok) setSaid(asked.answer.what === 'profile-refused' ? asked.answer.sentences : 'restarting');
  };
  return (
    <section className="stack" aria-label={t('settings.profile')}>
      <h2>
        {t('settings.profileNow')}
        <span data-profile={view.profile}>{view.profile}</span>
      </h2>
      <p>{t('settings.profileText')}</p>
      <div className="row">
        {view.profiles
          .filter((name) => name !== view.profile)
          .map((name) => (
            <ConfirmDialog
              key={name}
              name={`profile-${name}`}
              question={t('settings.changeSure', { name })}
              off={said === 'restarting'}
              onYes={() => void change(name)}
            >
              {t('settings.change', { name })}
            </ConfirmDialog>
          ))}
      </div>
      <Failure failure={failure} />
      {said === null ? null : said === 'restarting' ? (
        <Message tone="info" role="status">
          {t('settings.restarting')}
        </Message>
      ) : (
        <Message tone="stop" role="alert">
          <strong data-refused="profile">{t('settings.refused')}</strong>
          {said.map((sentence) => (
            <p key={sentence}>
              <code>{sentence}</code>
            </p>
          ))}
        </Message>
      )}
    </section>
  );
}

function Device({ view }: ViewProps) {
  const { t, ask } = useStaff();
  const [code, setCode] = useState('');
  const [said, setSaid] = useState<'busy' | 'restarting' | AskFailure | null>(null);
  const field = useId();
  const whole = EnrolmentCode.safeParse(code).success;
  const enrol = async (event: FormEvent) => {
    event.preventDefault();
    setSaid('busy');
    const asked = await ask({ what: 'enrol', code });
    setCode('');
    setSaid(asked.ok ? 'restarting' : asked.error);
  };
  return (
    <section className="stack part" aria-label={t('settings.device')}>
      <h2>{t('settings.device')}</h2>
      <Message tone={view.identity === 'none' ? 'caution' : 'ok'}>
        <span data-identity={view.identity}>{t(`settings.identity.${view.identity}`)}</span>
        {view.certificateDays === null ? null : (
          <span>{t('settings.days', { days: view.certificateDays, state: view.certificateDays < 0 ? 'over' : 'good' })}</span>
        )}
      </Message>
      {view.identity === 'settings' ? (
        <p>{t('settings.fromFile')}</p>
      ) : (
        <form className="stack start" onSubmit={(event) => void enrol(event)}>
          <p>{t('settings.enrolText')}</p>
          <label htmlFor={field}>{t('settings.code')}</label>
          <input
            id={field}
            className="code-field"
            name="code"
            value={code}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            aria-describedby={`${field}-form`}
            onChange={({ target }) => setCode(inGroups(target.value))}
          />
          <p id={`${field}-form`} className="hint">
            {t('settings.codeForm')}
          </p>
          <Button submit kind="primary" name="enrol" off={!whole || said === 'busy' || said === 'restarting'}>
            {t('settings.enrol')}
          </Button>
        </form>
      )}
      <Enrolled said={said} />
    </section>
  );
}

function Enrolled({ said }: { readonly said: 'busy' | 'restarting' | AskFailure | null }) {
  const { t } = useStaff();
  if (said === null) return null;
  if (said === 'busy' || said === 'restarting') {
    return (
      <Message tone="info" role="status">
        {said === 'busy' ? t('console.loading') : t('settings.restarting')}
      </Message>
    );
  }
  if (said !== 'code-refused' && said !== 'platform-away') return <Failure failure={said} />;
  return (
    <Message tone="stop" role="alert">
      <span data-enrol={said}>{said === 'code-refused' ? t('settings.codeRefused') : t('settings.platformAway')}</span>
    </Message>
  );
}

function Rows({ view }: ViewProps) {
  const { t } = useStaff();
  const [wanted, setWanted] = useState('');
  const field = useId();
  const rows = view.rows.filter(({ key }) => key.toLowerCase().includes(wanted.trim().toLowerCase()));
  return (
    <div className="stack part">
      <h2>{t('settings.all')}</h2>
      <div className="row">
        <label htmlFor={field}>{t('settings.find')}</label>
        <input
          id={field}
          className="code-field"
          type="search"
          value={wanted}
          autoComplete="off"
          onChange={({ target }) => setWanted(target.value)}
        />
      </div>
      {rows.length === 0 ? (
        <p>{t('settings.none')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section className="scroll" tabIndex={0} aria-label={t('settings.all')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('settings.key')}</th>
                <th scope="col">{t('settings.value')}</th>
                <th scope="col">{t('settings.from')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, value, from }) => (
                <tr key={key} data-setting={key}>
                  <th scope="row">
                    <code>{key}</code>
                  </th>
                  <td>
                    <code>{value}</code>
                  </td>
                  <td>{from}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
