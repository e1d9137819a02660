import { useState } from 'react';
import { stampIn } from '../../../main/contract/words/formats.ts';
import { Button, Failure, Message } from '../components/basics.tsx';
import { saveText } from '../components/save-file.ts';
import { useStaff } from '../components/staff-context.tsx';
import { useAnswer } from '../components/use-answer.ts';
import type { AskFailure } from '../port/connect.ts';
import { nameOf } from '../words/texts.ts';

/** What was done, or how it came out; a code without words is shown as it is. */
function Code({ code, of }: { readonly code: string; readonly of: 'audit.actions' | 'audit.outcomes' }) {
  const { t } = useStaff();
  const words = nameOf(t, '', of === 'audit.actions' ? `audit.actions.${code}` : `audit.outcomes.${code}`);
  return words === '' ? <code>{code}</code> : words;
}

/** What was done at this kiosk by staff, and whether that record is whole. */
export function AuditTab() {
  const { t, language, ask, role } = useStaff();
  const [before, setBefore] = useState<number | null>(null);
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const { answer, failure: unread, loading, again } = useAnswer({ what: 'audit', before }, 'audit');
  const save = async () => {
    const parts: string[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const asked = await ask({ what: 'audit-file', after });
      setFailure(asked.ok ? null : asked.error);
      if (!asked.ok || asked.answer.what !== 'audit-part') return;
      parts.push(asked.answer.text);
      after = asked.answer.next;
      if (after === null) saveText({ name: asked.answer.name, type: 'application/jsonl', parts });
    }
  };
  const audit = answer?.audit;
  const oldest = audit?.entries.at(-1)?.seq ?? 1;
  return (
    <div className="stack" aria-busy={loading}>
      {audit === undefined ? null : audit.chain.state === 'whole' ? (
        <Message tone="ok" role="status">
          <span data-chain="whole">{t('audit.whole', { count: audit.chain.checked })}</span>
        </Message>
      ) : (
        <Message tone="stop" role="alert">
          <strong data-chain={`broken-${audit.chain.at}`}>{t('audit.broken', { at: audit.chain.at })}</strong>
          <p>{t('audit.brokenText')}</p>
        </Message>
      )}
      <Failure failure={failure ?? unread} />
      <div className="row">
        <Button onPress={again} name="audit-again">
          {t('console.reload')}
        </Button>
        {role === 'engineer' ? (
          <Button icon="down" onPress={() => void save()} name="audit-save">
            {t('audit.save')}
          </Button>
        ) : null}
        <Button onPress={() => setBefore(null)} off={before === null} name="audit-newest">
          {t('audit.newest')}
        </Button>
        <Button onPress={() => setBefore(oldest)} off={oldest <= 1} name="audit-older">
          {t('audit.older')}
        </Button>
      </div>
      {audit === undefined ? (
        <p>{t('console.loading')}</p>
      ) : audit.entries.length === 0 ? (
        <p>{t('audit.empty')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section className="scroll" tabIndex={0} aria-label={t('audit.tab')}>
          <table>
            <thead>
              <tr>
                <th scope="col" className="number">
                  No.
                </th>
                <th scope="col">{t('audit.time')}</th>
                <th scope="col">{t('audit.who')}</th>
                <th scope="col">{t('audit.action')}</th>
                <th scope="col">{t('audit.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {audit.entries.map(({ seq, at, role: by, key, action, outcome }) => (
                <tr key={seq} className={audit.chain.state === 'broken' && seq >= audit.chain.at ? 'broken' : ''}>
                  <td className="number">{seq}</td>
                  <td className="time">{stampIn(language, at)}</td>
                  <td>
                    {t(`audit.role.${by}`)}
                    {key === '' ? '' : `（${key}）`}
                  </td>
                  <td data-action={action}>
                    <Code code={action} of="audit.actions" />
                  </td>
                  <td data-outcome={outcome}>
                    <Code code={outcome} of="audit.outcomes" />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
