import type { Reporting } from '../../reporting/reporting';
import { toSettingsReport } from '../../reporting/settings/settings-report';
import type { Administration } from '../../administration/administration';
import { refuse } from './api-answer';
import { openFor } from './filtered-answers';
import type { ApiRoute } from './api-route';
import { changeSettings } from './settings-change';

interface SettingsNeeds {
  readonly reporting: Pick<Reporting, 'open'>;
  readonly administration: Pick<Administration, 'saveSettings'>;
}

export function listSettingsRoutes({ reporting, administration }: SettingsNeeds): ApiRoute[] {
  return [
    {
      ...{ method: 'get', path: '/settings', operationId: 'getSettings', answers: 'Settings' },
      summary: 'The settings of the workspace; not there for the session of a page of a repository.',
      answer: async ({ caller }) => {
        if (caller.repositoryUuid !== null) return { kind: 'not-found' };
        const { settings } = await openFor({ caller }, reporting.open);
        return { kind: 'json', body: toSettingsReport(settings) };
      },
    },
    {
      ...{ method: 'patch', path: '/settings', operationId: 'changeSettings', answers: 'Settings' },
      summary: 'Changes what is named, for all history at once. Needs a settings session or a read-write token.',
      takes: 'SettingsChange',
      answer: async ({ caller, body }) => {
        if (!caller.canWrite || caller.repositoryUuid !== null) {
          const detail = 'Settings are changed with a session of the settings page or a read-write token.';
          return { kind: 'problem', status: 403, detail };
        }
        const { settings, people, systems } = await openFor({ caller }, reporting.open);
        const changed = changeSettings(body, { before: toSettingsReport(settings), people, systems });
        if ('problems' in changed) {
          return refuse(changed.problems);
        }
        await administration.saveSettings(caller.workspace, changed.settings);
        return { kind: 'json', body: toSettingsReport(changed.settings) };
      },
    },
  ];
}
