import type { CardHostError, CardSessionNumber, ReaderEvent } from '../../contract/card-host.ts';
import type { Settings } from '../../contract/config.ts';
import { createListeners } from '../../contract/listeners.ts';
import type { Log } from '../../contract/log-events.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import type { CardChannel, CardReader, Clock } from '../ports.ts';
import type { HostProcess } from './host-process.ts';
import { HostSupervisor, type RunningHost } from './host-supervisor.ts';
import { createPresentCards } from './present-cards.ts';

export interface CardReaderDeps {
  readonly spawn: () => HostProcess;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<Settings['reader'], 'names' | 'commandTimeoutSeconds'>;
}

/**
 * The reader as the core sees it: a card host in a process of its own, started, watched, and replaced when it dies, hangs, stands still
 * or talks nonsense. Numbers of card sessions go on over all hosts, so no command can ever reach another person's card.
 */
export function createCardReader({ spawn, clock, log, settings }: CardReaderDeps): CardReader {
  const events = createListeners<[ReaderEvent]>();
  const present = createPresentCards();
  const deadline = settings.commandTimeoutSeconds * 1000;
  const emit = (event: ReaderEvent) => {
    present.note(event);
    events.emit(event);
  };
  const supervisor = new HostSupervisor({
    ...{ spawn, clock, log },
    startCall: () => ({ op: 'start', firstSession: present.nextSession, readers: settings.names }),
    onEvent: emit,
    onLost: () => present.forgetAll().forEach(emit),
  });

  const channelOf = (session: CardSessionNumber, at: RunningHost): CardChannel => {
    const { calls } = at;
    const on = present.readerOf(session);
    let open = true;
    return {
      session,
      async transmit(apdu): Promise<Result<Uint8Array, CardHostError>> {
        if (!open) return err({ code: 'not-open' });
        // Its cards were told as removed, but it is the host that went, and that is what a person must hear.
        if (supervisor.running !== at) return err({ code: 'host-gone' });
        if (!present.has(session)) return err({ code: present.whyGone(on) });
        const answer = await calls.command(session, apdu, deadline);
        if (!answer.ok) return answer;
        return answer.value === null || answer.value.length < 2 ? err({ code: 'removed' }) : ok(answer.value);
      },
      async close(disposition) {
        if (!open) return;
        open = false;
        await calls.call({ op: 'close', session, disposition }, deadline);
      },
    };
  };

  return {
    start: () => supervisor.start(),
    stop: () => supervisor.stop(),
    onEvent: events.add,
    async open(session) {
      const at = supervisor.running;
      if (at === null) return err({ code: 'host-gone' });
      if (!present.has(session)) return err({ code: 'wrong-session' });
      const answer = await at.calls.call({ op: 'open', session }, deadline);
      return answer.ok ? ok(channelOf(session, at)) : answer;
    },
  };
}
