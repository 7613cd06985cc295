import type { WorkspaceSettings } from '../../../domain/workspace-settings';
import { isImporting, type PageAnswer, type PageRequest, type PagesDependencies } from '../page-dependencies';
import { toImportView } from './import-view';
import { runAction, type ActionResult } from './settings-actions';
import { toFields } from './settings-form';
import { toSettingsView, type SettingsParts } from './settings-view';
import { toTeamsView } from './teams-view';

const liveSeconds = 5;

/** The settings of a workspace: first what the pressed button says, then the page as it is after that. */
export async function answerSettings(request: PageRequest, dependencies: PagesDependencies): Promise<PageAnswer> {
  if (!request.caller.canWrite) {
    return { kind: 'not-found' };
  }
  const result = await runAction(request, dependencies);
  const parts = await loadParts(request, dependencies, result);
  const view = toSettingsView(parts, dependencies.links);
  return {
    kind: 'page',
    status: 200,
    template: 'settings',
    title: view.title,
    view,
    address: view.action,
    // An answer that stands beside a form, or a token shown once, is not to be swept away.
    live: parts.isImporting && result.outcome === null ? liveSeconds : null,
  };
}

async function loadParts(
  { caller }: PageRequest,
  dependencies: PagesDependencies,
  result: ActionResult,
): Promise<SettingsParts> {
  const { administration, importStatus, clock, importDays } = dependencies;
  const { workspace } = caller;
  const [status, stored, teams, people, tokens, name] = await Promise.all([
    importStatus.load(workspace),
    loadSettings(workspace, dependencies),
    administration.listTeams(workspace),
    administration.listPeople(workspace),
    administration.listTokens(workspace),
    loadName(workspace, dependencies),
  ]);
  const { timezone } = stored;
  return {
    workspace: name,
    importDays,
    isImporting: isImporting(status),
    disconnected: status.connection !== 'live',
    import: toImportView(status, { now: clock.now(), timezone }),
    ...(result.settings ?? { fields: toFields(stored), errors: {} }),
    teams: toTeamsView({ teams, people, groups: status.groups, timezone, typed: result.team ?? null }),
    tokens,
    ...toTokenForm(result),
    outcome: result.outcome,
    timezone,
  };
}

function toTokenForm({ token }: ActionResult): Pick<SettingsParts, 'tokenName' | 'tokenError'> {
  return token === undefined
    ? { tokenName: '', tokenError: null }
    : { tokenName: token.name, tokenError: token.problem };
}

async function loadSettings(workspace: string, { reporting }: PagesDependencies): Promise<WorkspaceSettings> {
  const { timezone, levels, incident_rules: rules } = await reporting.loadSettings(workspace);
  const incidentRules = {
    revert: rules.revert,
    branchPrefixes: rules.branch_prefixes,
    titlePrefixes: rules.title_prefixes,
  };
  return { timezone, levels, incidentRules };
}

/** The slug under which people know the workspace; every report names it. */
async function loadName(workspace: string, { reporting }: PagesDependencies): Promise<string> {
  const parsed = await reporting.parseFilter(workspace, {}, { repositoryUuid: null });
  return 'problems' in parsed ? workspace : (await reporting.loadAccelerate(workspace, parsed.filter)).workspace.slug;
}
