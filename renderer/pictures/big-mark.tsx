import { Icon, type IconName } from '../components/icons.tsx';

/** One large sign for a result: its shape tells which, before any word is read. */
export function BigMark({ name, kind }: { readonly name: IconName; readonly kind: 'ok' | 'info' | 'caution' | 'stop' }) {
  return (
    <div className={`big-mark ${kind}`}>
      <Icon name={name} />
    </div>
  );
}
