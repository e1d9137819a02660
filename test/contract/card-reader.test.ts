import { cardReaderSuite } from './card-reader-suite.ts';
import { inMemory, virtualHost } from './reader-bench.ts';

cardReaderSuite(inMemory);
cardReaderSuite(virtualHost);
