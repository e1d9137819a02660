import { formGroups } from '../context/groups.ts';

/** The 23 digits of a form, grouped as people type and compare them. `large`: to be compared with paper, three groups a row. */
export function FormNumber({ form, large = false }: { readonly form: string; readonly large?: boolean }) {
  const groups = formGroups(form);
  return (
    <span className={large ? 'form-number large' : 'form-number'}>
      <span className="visually-hidden">{groups.map((group) => [...group].join(' ')).join(', ')}</span>
      <span className="groups" aria-hidden="true">
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place, and two may be alike
          <span key={index}>{group}</span>
        ))}
      </span>
    </span>
  );
}
