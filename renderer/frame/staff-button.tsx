import { Icon } from '../components/icons.tsx';
import { usePageContext } from '../context/context.tsx';
import { usePress } from '../context/use-press.ts';

/** On every screen, always in the same corner. */
export function StaffButton({ called }: { readonly called: boolean }) {
  const { t, intend } = usePageContext();
  const handlers = usePress(() => intend({ type: called ? 'cancel-call' : 'call-staff' }));
  return (
    <div className="staff">
      <button
        type="button"
        className={called ? 'button quiet called' : 'button quiet'}
        data-call-staff=""
        data-called={called}
        {...handlers}
      >
        <Icon name="bell" />
        <span className="label">{t(called ? 'frame.cancelCall' : 'frame.callStaff')}</span>
      </button>
    </div>
  );
}
