import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { StaffState } from '../../../main/contract/staff.ts';
import { Button, Message } from '../components/basics.tsx';
import { useStaff } from '../components/staff-context.tsx';
import { TABS } from '../tabs/index.ts';

/** From so many seconds on the page warns that the console closes. */
const WARN_SECONDS = 30;
/** How often touches are told to the core, ms. */
const TELL_EVERY = 2000;

/** Tells the core that somebody is here: on touches, keys and the wheel, never by itself. */
function useTouches(): void {
  const { say } = useStaff();
  useEffect(() => {
    let last = 0;
    const touched = () => {
      const now = performance.now();
      if (now - last < TELL_EVERY) return;
      last = now;
      say({ type: 'active' });
    };
    const events = ['pointerdown', 'keydown', 'wheel'] as const;
    for (const name of events) window.addEventListener(name, touched, { passive: true });
    return () => {
      for (const name of events) window.removeEventListener(name, touched);
    };
  }, [say]);
}

/** The open console: what this key's role may see, one tab at a time. */
export function Shell({ state }: { readonly state: StaffState }) {
  const { t, say } = useStaff();
  useTouches();
  const list = useRef<HTMLDivElement>(null);
  const tabs = TABS.filter(({ roles }) => state.role !== null && roles.includes(state.role));
  const [chosen, setChosen] = useState(tabs[0]?.id ?? '');
  const tab = tabs.find(({ id }) => id === chosen) ?? tabs[0];
  const left = state.closesIn ?? 0;

  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === tab?.id);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    if (next === undefined) return;
    setChosen(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  if (tab === undefined) return null;
  const Panel = tab.panel;
  return (
    <section className="box stack" aria-label={t('console.tabs')}>
      <div className="row console-head">
        <p>{t('console.publicOut')}</p>
        <span data-closes-in={left}>{t('console.closesIn', { seconds: left })}</span>
        <Button name="close" icon="close" onPress={() => say({ type: 'close' })}>
          {t('console.close')}
        </Button>
      </div>
      {left <= WARN_SECONDS ? (
        <Message tone="caution" role="alert">
          <span>{t('console.closesIn', { seconds: left })}</span>
          <Button name="stay" kind="primary" onPress={() => say({ type: 'active' })}>
            {t('console.stay')}
          </Button>
        </Message>
      ) : null}
      <div className="tabs" role="tablist" aria-label={t('console.tabs')} ref={list} onKeyDown={onKeyDown}>
        {tabs.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            data-tab={id}
            aria-selected={id === tab.id}
            aria-controls={`panel-${id}`}
            tabIndex={id === tab.id ? 0 : -1}
            onClick={() => setChosen(id)}
          >
            {t(title)}
          </button>
        ))}
      </div>
      <div className="panel" role="tabpanel" id={`panel-${tab.id}`} aria-labelledby={`tab-${tab.id}`} key={tab.id}>
        <Panel />
      </div>
    </section>
  );
}
