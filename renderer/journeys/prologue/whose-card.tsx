import { Choice } from '../../components/buttons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';

const CHOICES = [
  { button: 'self', icon: 'person' },
  { button: 'child', icon: 'child' },
  { button: 'represented', icon: 'law' },
  { button: 'other', icon: 'others' },
] as const;

/** Declared, never verified (SOURCES.md, Set-up: minors and representatives). */
export function WhoseCard() {
  const { t } = usePageContext();
  return (
    <Page
      name="whose-card"
      layout="choices"
      progress="whose"
      title={t('whose.title')}
      back
      out="stop"
      actions={CHOICES.map(({ button, icon }, index) => (
        <Choice
          key={button}
          button={button}
          number={index + 1}
          icon={icon}
          title={t(`whose.${button}`)}
          text={t(`whose.${button}Text`)}
        />
      ))}
    />
  );
}
