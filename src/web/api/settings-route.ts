import type { Administration } from '../../administration/administration';
import type { Reporting } from '../../reporting/reporting';
import { toSettingsReport } from '../../reporting/settings/settings-report';
import { refuse, type AnswerApi } from './api-answer';
import { changeSettings } from './settings-change';

export interface SettingsNeeds {
  readonly reporting: Pick<Reporting, 'open'>;
  readonly administration: Pick<Administration, 'saveSettings'>;
}

export function createSettingsAnswers({ reporting, administration }: SettingsNeeds): {
  readonly read: AnswerApi;
  readonly change: AnswerApi;
} {
  return {
    read: async ({ caller }) => {
      const { settings } = await reporting.open(caller.workspace);
      return { kind: 'json', body: toSettingsReport(settings) };
    },
    change: async ({ caller, body }) => {
      if (!caller.canWrite || caller.repositoryUuid !== null) {
        const detail = 'Settings are changed with a session of the settings page or a read-write token.';
        return { kind: 'problem', status: 403, detail };
      }
      const { settings, people, systems } = await reporting.open(caller.workspace);
      const changed = changeSettings(body, { before: toSettingsReport(settings), people, systems });
      if ('problems' in changed) {
        return refuse(changed.problems);
      }
      await administration.saveSettings(caller.workspace, changed.settings);
      return { kind: 'json', body: toSettingsReport(changed.settings) };
    },
  };
}
