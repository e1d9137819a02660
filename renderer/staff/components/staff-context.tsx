import { createContext, type ReactNode, useContext } from 'react';
import type { StaffLanguage } from '../../../main/contract/languages.ts';
import type { StaffRequest, StaffRole } from '../../../main/contract/staff.ts';
import type { Asked, StaffConnection } from '../port/connect.ts';
import { type StaffText, staffText } from '../words/texts.ts';

/** What every part of the staff page uses. */
export interface StaffContext {
  /** A text of the staff's. */
  readonly t: StaffText;
  readonly language: StaffLanguage;
  /** This device's role; null: its key is not known. */
  readonly role: StaffRole | null;
  readonly say: StaffConnection['say'];
  readonly ask: (request: StaffRequest) => Promise<Asked>;
}

const CurrentContext = createContext<StaffContext | null>(null);

export function useStaff(): StaffContext {
  const context = useContext(CurrentContext);
  if (context === null) throw new Error('outside StaffContextProvider');
  return context;
}

interface StaffContextProviderProps {
  readonly connection: Pick<StaffConnection, 'say' | 'ask'>;
  readonly language: StaffLanguage;
  readonly role: StaffRole | null;
  readonly children: ReactNode;
}

export function StaffContextProvider({ connection, language, role, children }: StaffContextProviderProps) {
  const context = { t: staffText(language), language, role, say: connection.say, ask: connection.ask };
  return <CurrentContext value={context}>{children}</CurrentContext>;
}
