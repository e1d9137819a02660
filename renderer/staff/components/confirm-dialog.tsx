import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { IconName } from '../../components/icons.tsx';
import { Button } from './basics.tsx';
import { useStaff } from './staff-context.tsx';

interface ConfirmDialogProps {
  readonly children: ReactNode;
  /** Asked before `onYes`. */
  readonly question: string;
  readonly name: string;
  readonly icon?: IconName;
  readonly off?: boolean;
  readonly onYes: () => void;
}

/** A button that asks once more, in its own place. */
export function ConfirmDialog({ children, question, name, icon, off = false, onYes }: ConfirmDialogProps) {
  const { t } = useStaff();
  const [asked, setAsked] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asked) box.current?.querySelector('button')?.focus();
  }, [asked]);
  if (!asked) {
    return (
      <Button name={name} off={off} onPress={() => setAsked(true)} {...(icon === undefined ? {} : { icon })}>
        {children}
      </Button>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a question with its two answers is no form field set
    <div className="confirm stack" role="group" aria-label={question} ref={box}>
      <p>{question}</p>
      <div className="row">
        <Button name={`${name}-no`} onPress={() => setAsked(false)}>
          {t('sure.no')}
        </Button>
        <Button
          name={`${name}-yes`}
          kind="primary"
          onPress={() => {
            setAsked(false);
            onYes();
          }}
        >
          {t('sure.yes')}
        </Button>
      </div>
    </div>
  );
}
