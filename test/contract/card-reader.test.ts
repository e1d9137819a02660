import { cardReaderSuite } from './card-reader-suite.ts';
import { inMemory, virtualHost } from './reader-harness.ts';

cardReaderSuite(inMemory);
cardReaderSuite(virtualHost);
