import { useState } from 'react';
import { useStaff } from '../kit/kit.tsx';
import { Button, Failure, Message } from '../kit/parts.tsx';
import { saveText } from '../kit/save-file.ts';
import { useAnswer } from '../kit/use-answer.ts';
import type { AskFailure } from '../port/connect.ts';

const timeOf = (at: string) => new Intl.DateTimeFormat('ja-JP', { dateStyle: 'short', timeStyle: 'medium' }).format(new Date(at));

/** What was done at this kiosk by staff, and whether that record is whole. */
export function AuditTab() {
  const { words, ask, role } = useStaff();
  const [before, setBefore] = useState<number | null>(null);
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const { answer, failure: unread, loading, again } = useAnswer({ what: 'audit', before }, 'audit');
  const t = words.audit;
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
    <div className="tab audit" aria-busy={loading}>
      {audit === undefined ? null : audit.chain.state === 'whole' ? (
        <Message tone="ok" role="status">
          <span data-chain="whole">{t.whole(audit.chain.checked)}</span>
        </Message>
      ) : (
        <Message tone="stop" role="alert">
          <strong data-chain={`broken-${audit.chain.at}`}>{t.broken(audit.chain.at)}</strong>
          <p>{t.brokenText}</p>
        </Message>
      )}
      <Failure failure={failure ?? unread} />
      <div className="row">
        <Button onPush={again} name="audit-again">
          {words.console.reload}
        </Button>
        {role === 'engineer' ? (
          <Button icon="down" onPush={() => void save()} name="audit-save">
            {t.save}
          </Button>
        ) : null}
        <Button onPush={() => setBefore(null)} off={before === null} name="audit-newest">
          {t.newest}
        </Button>
        <Button onPush={() => setBefore(oldest)} off={oldest <= 1} name="audit-older">
          {t.older}
        </Button>
      </div>
      {audit === undefined ? (
        <p>{words.console.loading}</p>
      ) : audit.entries.length === 0 ? (
        <p>{t.empty}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section className="scroll" tabIndex={0} aria-label={t.tab}>
          <table>
            <thead>
              <tr>
                <th scope="col" className="number">
                  No.
                </th>
                <th scope="col">{t.time}</th>
                <th scope="col">{t.who}</th>
                <th scope="col">{t.action}</th>
                <th scope="col">{t.outcome}</th>
              </tr>
            </thead>
            <tbody>
              {audit.entries.map(({ seq, at, role: by, key, action, outcome }) => (
                <tr key={seq} className={audit.chain.state === 'broken' && seq >= audit.chain.at ? 'broken' : ''}>
                  <td className="number">{seq}</td>
                  <td className="time">{timeOf(at)}</td>
                  <td>
                    {t.role[by]}
                    {key === '' ? '' : `（${key}）`}
                  </td>
                  <td data-action={action}>{t.actions[action] ?? <code>{action}</code>}</td>
                  <td data-outcome={outcome}>{t.outcomes[outcome] ?? <code>{outcome}</code>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
