import { err, ok } from '../../../contract/result.ts';
import type { Clock, Platform } from '../../ports.ts';
import type { SettingsSource } from '../../settings/load-settings.ts';
import { profileNames, type StartSettings, tryProfile, writeChoice } from '../../settings/profile-choice.ts';
import { settingRows } from '../../settings/setting-rows.ts';
import type { StaffHandlers } from '../handlers.ts';
import { deviceCertificate } from './device-certificate.ts';
import { enrolDevice } from './enrol.ts';

export interface DeviceHandlerDeps {
  /** What this start goes by. */
  readonly started: StartSettings;
  /** What it was started with: the same files and command line under another profile. */
  readonly source: SettingsSource;
  readonly data: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly client: Pick<Platform, 'enrol'>;
  /** Ends this core, a moment from now, so that it is started again. @param reason for the log */
  readonly restart: (reason: string) => void;
}

const MOST_SENTENCES = 40;
const LONGEST_SENTENCE = 400;

export function deviceHandlers(sources: DeviceHandlerDeps): Pick<StaffHandlers, 'settings' | 'profile' | 'enrol'> {
  const { started, source, data, clock, client, restart } = sources;
  const { settings } = started;
  const certificate = () => deviceCertificate(settings, data, clock.now());
  let enrolling = false;
  return {
    settings: async () => {
      const held = certificate();
      return ok({
        what: 'settings',
        settings: {
          rows: settingRows(started),
          profile: nameOf(started.profile),
          profiles: profileNames(source, settings.environment).slice(0, 20),
          certificateDays: held.source !== 'none' && held.readable ? held.days : null,
          identity: held.source,
        },
      });
    },
    profile: async ({ name }) => {
      const tried = tryProfile(source, settings.environment, name);
      if (!tried.ok) {
        const sentences = tried.error.slice(0, MOST_SENTENCES).map((sentence) => sentence.slice(0, LONGEST_SENTENCE));
        return ok({ what: 'profile-refused', sentences });
      }
      if (!writeChoice(data, name)) return err('storage');
      restart('profile');
      return ok({ what: 'done' });
    },
    enrol: async ({ code }) => {
      // The settings' own files win, so a new identity would do nothing: better said than done.
      if (settings.platform.tls !== undefined) return err('settings-refused');
      if (enrolling) return err('storage');
      enrolling = true;
      try {
        const done = await enrolDevice({ data, terminal: settings.terminal.id, client, now: clock.now() }, code);
        if (!done.ok) return done;
        restart('enrolment');
        return ok({ what: 'done' });
      } finally {
        enrolling = false;
      }
    },
  };
}

/** A profile may be the path of a file; its name is enough to see which. */
const nameOf = (profile: string): string => {
  const last = profile.split(/[\\/]/).at(-1) ?? profile;
  return last.replace(/\.json$/, '').slice(0, 60);
};
