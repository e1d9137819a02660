import { makeMark } from '../../main/core/platform-http/answer-mark.ts';
import type { Exchange } from '../../main/core/platform-http/exchange.ts';
import { ANSWER_MARK_HEADER, REQUEST_ID_HEADER } from '../../main/core/platform-http/wire.ts';

/** A stand-in for the platform whose every answer, errors included, carries the mark of the contract, as the platform's own do. */
export function marking(unmarked: Exchange): Exchange {
  return async (ask) => {
    const { status, headers, text } = await unmarked(ask);
    const mark = makeMark(ask.headers[REQUEST_ID_HEADER] ?? '', status, text);
    return { status, headers: { ...headers, [ANSWER_MARK_HEADER]: mark }, text };
  };
}
