import { defaultPkiDir, ensureTestPki } from './index.ts';

/** Makes the test keys when they are not there: a step of every set-up. */
await ensureTestPki(defaultPkiDir);
