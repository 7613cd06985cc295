import { toSettingsReport, type Reporting } from '../../reporting/reporting';
import type { Administration } from '../../administration/administration';
import { refuse, type AnswerApi } from './api-answer';
import { changeSettings } from './settings-change';

export interface SettingsNeeds {
  readonly reporting: Pick<Reporting, 'loadSettings' | 'loadSystems'>;
  readonly administration: Pick<Administration, 'saveSettings' | 'listPeople'>;
}

export function createSettingsAnswers({ reporting, administration }: SettingsNeeds): {
  readonly read: AnswerApi;
  readonly change: AnswerApi;
} {
  return {
    read: async ({ caller }) => ({ kind: 'json', body: await reporting.loadSettings(caller.workspace) }),
    change: async ({ caller, body }) => {
      if (!caller.canWrite || caller.repositoryUuid !== null) {
        const detail = 'Settings are changed with a session of the settings page or a read-write token.';
        return { kind: 'problem', status: 403, detail };
      }
      const [before, people, systems] = await Promise.all([
        reporting.loadSettings(caller.workspace),
        administration.listPeople(caller.workspace),
        reporting.loadSystems(caller.workspace),
      ]);
      const changed = changeSettings(body, { before, people, systems });
      if ('problems' in changed) {
        return refuse(changed.problems);
      }
      await administration.saveSettings(caller.workspace, changed.settings);
      return { kind: 'json', body: toSettingsReport(changed.settings) };
    },
  };
}
