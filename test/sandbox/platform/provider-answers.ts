import type { ProviderQuestion } from './decide.ts';
import type { ProviderAnswer, Providers } from './providers.ts';

/** What providers have said while one batch is decided. */
export interface ProviderAnswers {
  /** null: not asked yet. @throws what the asking threw */
  to(question: ProviderQuestion): ProviderAnswer | null;
  /** Asks all that have not been asked, side by side. */
  ask(questions: readonly ProviderQuestion[]): Promise<void>;
}

const keyOf = ({ service, account, codes }: ProviderQuestion): string => JSON.stringify([service, account, codes]);

export function createProviderAnswers(providers: Providers): ProviderAnswers {
  const said = new Map<string, () => ProviderAnswer>();
  const askOne = async (question: ProviderQuestion): Promise<void> => {
    const { service, account, codes } = question;
    try {
      const answer = await providers.check(service, account, codes);
      said.set(keyOf(question), () => answer);
    } catch (error) {
      // Thrown again where the one item is decided that this is about.
      said.set(keyOf(question), () => {
        throw error;
      });
    }
  };
  return {
    to: (question) => said.get(keyOf(question))?.() ?? null,
    ask: async (questions) => {
      const open = new Map(questions.map((question) => [keyOf(question), question] as const));
      await Promise.all([...open].filter(([key]) => !said.has(key)).map(([, question]) => askOne(question)));
    },
  };
}
