import type { CatalogueAge } from '../../main/contract/screens.ts';
import { momentText } from '../../main/contract/words/dates.ts';
import { usePageContext } from '../context/context.tsx';
import { Icon } from './icons.tsx';

/** How old the list is: honest, small; a notice when it could not be renewed. */
export function AgeLine({ age }: { readonly age: CatalogueAge }) {
  const { t, language } = usePageContext();
  return (
    <p className={age.old ? 'age old' : 'age'}>
      <Icon name={age.old ? 'caution' : 'clock'} />
      <span>{t(age.old ? 'age.old' : 'age.line', { at: momentText(language, age.issuedAt) })}</span>
    </p>
  );
}
