import { useEffect, useState, useSyncExternalStore } from 'react';
import { inLanguage, StaffLanguage } from '../../main/contract/languages.ts';
import { unreachable } from '../../main/contract/result.ts';
import type { StaffState } from '../../main/contract/staff.ts';
import { timeIn } from '../../main/contract/words/formats.ts';
import { Button, Message } from './components/basics.tsx';
import { StaffContextProvider, useStaff } from './components/staff-context.tsx';
import type { StaffConnection } from './port/connect.ts';
import type { StaffStore } from './port/store.ts';
import { Closed } from './screens/closed.tsx';
import { EnterKey } from './screens/enter-key.tsx';
import { FirstUse } from './screens/first-use.tsx';
import { HelpPanel } from './screens/help-panel.tsx';
import { Notice } from './screens/notice.tsx';
import { Shell } from './screens/shell.tsx';

interface StaffAppProps {
  readonly store: StaffStore;
  readonly connection: Pick<StaffConnection, 'say' | 'ask'>;
}

/** The staff page: what the core said last, in the language of whoever sits here. */
export function StaffApp({ store, connection }: StaffAppProps) {
  const { state, keyless } = useSyncExternalStore(store.subscribe, store.get);
  const [language, setLanguage] = useState<StaffLanguage>('ja');
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <StaffContextProvider connection={connection} language={language} role={state?.role ?? null}>
      <Frame state={state} language={language} onLanguage={setLanguage}>
        {keyless ? <EnterKey /> : state === null ? <Connecting /> : <PasscodeCheck state={state} />}
      </Frame>
    </StaffContextProvider>
  );
}

interface FrameProps {
  readonly state: StaffState | null;
  readonly language: StaffLanguage;
  readonly onLanguage: (language: StaffLanguage) => void;
  readonly children: React.ReactNode;
}

function Frame({ state, language, onLanguage, children }: FrameProps) {
  const { t } = useStaff();
  const place = state === null ? '' : inLanguage(state.terminal.name, language);
  const called = state?.help?.called ?? false;
  useEffect(() => {
    document.title = `${called ? '● ' : ''}${t('staff.title')}${place === '' ? '' : ` ${place}`}`;
  }, [called, t, place]);
  return (
    <div className="staff-page" data-access={state?.access ?? 'away'}>
      <header>
        <h1>
          {t('staff.title')}
          {place === '' ? null : <span className="place">{place}</span>}
        </h1>
        {state?.role == null ? null : (
          <p className="hint">
            {t(`staff.role.${state.role}`)}・{state.keyName}
          </p>
        )}
        <div className="row">
          {StaffLanguage.options.map((one) => (
            <Button key={one} name={`language-${one}`} pressed={one === language} onPress={() => onLanguage(one)}>
              {t(`staff.language.${one}`)}
            </Button>
          ))}
        </div>
      </header>
      <main>{children}</main>
    </div>
  );
}

function Connecting() {
  const { t } = useStaff();
  return (
    <Notice tone="info" title={t('access.connecting')}>
      <p>{t('access.connectingText')}</p>
    </Notice>
  );
}

function PasscodeCheck({ state }: { readonly state: StaffState }) {
  const { t } = useStaff();
  const { access, help } = state;
  const panel = help === null ? null : <HelpPanel help={help} small={access === 'open'} />;
  switch (access) {
    case 'unknown-key':
      return (
        <>
          <Notice tone="stop" title={t('access.unknown')}>
            <p>{t('access.unknownText')}</p>
          </Notice>
          <EnterKey />
        </>
      );
    case 'no-passcode':
      return (
        <>
          {panel}
          <FirstUse state={state} />
        </>
      );
    case 'locked':
      return (
        <>
          {panel}
          <Locked until={state.lockedUntil} />
        </>
      );
    case 'closed':
      return (
        <>
          {panel}
          <Closed state={state} />
        </>
      );
    case 'open':
      return (
        <>
          {panel}
          <Shell state={state} />
        </>
      );
    default:
      return unreachable(access);
  }
}

function Locked({ until }: { readonly until: string | null }) {
  const { t, language } = useStaff();
  return (
    <section className="box narrow stack" data-locked="">
      <h2>{t('access.locked')}</h2>
      <Message tone="stop">
        <p>{t('access.lockedText')}</p>
        <p>
          {t('access.until')}: <strong>{until === null ? '' : timeIn(language, until)}</strong>
        </p>
      </Message>
    </section>
  );
}
