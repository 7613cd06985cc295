import { isWithheld } from '../../../reporting/delivery/withhold';
import type { DeploymentRow, IncidentRow } from '../../../reporting/rows/row-list';
import type { DeploymentItem } from '../../../reporting/answers/rows';
import { nameDeployed } from './name-deployed';
import {
  buildCountCell,
  buildDayCell,
  buildDurationColumn,
  buildNumberColumn,
  type ListColumn,
  type ListContext,
} from './list-column';
import type { CellParts, MarkView, TitledView } from './row-cell';
import { buildTitled, buildWhoCell, listIssueKeys } from './title-cell';
import { columnTexts, formatBlamed, outcomeTexts, rowTexts } from './words';

const outcomeMarks: Readonly<Record<DeploymentRow['outcomes'][number], MarkView>> = {
  failed: { word: outcomeTexts.failed, tone: 'danger' },
  revert: { word: outcomeTexts.revert, tone: 'information' },
  hotfix: { word: outcomeTexts.hotfix, tone: 'information' },
};
export const leftOutMark: MarkView = { word: outcomeTexts.left_out, tone: 'neutral' };

/** A lozenge for what is not usual, grey words for what is. */
export function buildOutcomeCell({ outcomes, isLeftOut }: Pick<DeploymentRow, 'outcomes' | 'isLeftOut'>): CellParts {
  if (isLeftOut) return { marks: [leftOutMark] };
  return outcomes.length === 0
    ? { text: outcomeTexts.none, isQuiet: true }
    : { marks: outcomes.map((outcome) => outcomeMarks[outcome]) };
}

/** A deployment: the pull request whose merge it was, when, by whom, and what became of it. */
export const deploymentColumns: readonly ListColumn<DeploymentRow>[] = [
  {
    ...{ key: 'time', text: columnTexts.deployed },
    toCell: ({ item }, context) => buildDayCell(item.time_created, context),
  },
  { ...{ key: null, text: columnTexts.deployment }, toCell: buildDeploymentCell },
  { ...{ key: null, text: columnTexts.author }, toCell: ({ author }) => buildWhoCell(author) },
  buildNumberColumn<DeploymentRow>('commits', columnTexts.commits, ({ item }) =>
    item.complete
      ? buildCountCell(item.changes.length)
      : { text: rowTexts.notKnown, isQuiet: true, reason: rowTexts.noCommits },
  ),
  buildDurationColumn<DeploymentRow>('lead', columnTexts.leadTime, {
    toSeconds: ({ leadTime }) => leadTime,
    reason: rowTexts.noLeadTime,
  }),
  { ...{ key: null, text: columnTexts.outcome }, toCell: (row) => buildOutcomeCell(row) },
];

function buildDeploymentCell(row: DeploymentRow, context: ListContext): CellParts {
  const { item, title, branch, isLeftOut } = row;
  const about = [...listIssueKeys(title, branch), ...listTeams(item, context)];
  const { number } = nameDeployed(item.deploy_id);
  const href = number === null ? null : context.toReleaseHref(item.system.uuid, number);
  return { titled: buildDeployed({ ...item, id: item.deploy_id, title, about, isLeftOut, href }, context) };
}

/** Those of its author, by name. */
function listTeams({ teams }: DeploymentItem, { teamNames }: ListContext): string[] {
  return teams.length === 0 ? [] : [teams.map((slug) => teamNames.get(slug) ?? slug).join(', ')];
}

type Deployed = Omit<Parameters<typeof buildTitled>[0], 'id'> & { readonly id: string };

/** What was deployed, or what ended an incident. */
export function buildDeployed(deployed: Deployed, context: ListContext): TitledView {
  const { name, number } = nameDeployed(deployed.id);
  if (number !== null) return buildTitled({ ...deployed, id: number }, context);
  const text = deployed.title ?? `${deployed.system.name} ${name}`;
  const { system, isLeftOut = false, about = [] } = deployed;
  return { text, isLeftOut, link: null, bitbucket: null, about: [system.name, ...about] };
}

const sources: Readonly<Record<IncidentRow['item']['source'], MarkView>> = {
  revert: { word: outcomeTexts.revert, tone: 'information' },
  naming_convention: { word: outcomeTexts.hotfix, tone: 'information' },
};

/** An incident: the fix that proves it, from when to when, and the deployment it is blamed on. */
export const incidentColumns: readonly ListColumn<IncidentRow>[] = [
  {
    ...{ key: 'time', text: columnTexts.began },
    toCell: ({ item }, context) => buildDayCell(item.time_created, context),
  },
  { ...{ key: null, text: columnTexts.incident }, toCell: buildIncidentCell },
  { ...{ key: null, text: columnTexts.author }, toCell: ({ author }) => buildWhoCell(author) },
  {
    ...{ key: 'resolved', text: columnTexts.resolved },
    toCell: ({ item }, { toMoment }) =>
      item.time_resolved === null
        ? { text: rowTexts.notRecovered }
        : { time: toMoment(Date.parse(item.time_resolved)) },
  },
  buildDurationColumn<IncidentRow>('recovery', columnTexts.recovery, { toSeconds: ({ item }) => findRecovery(item) }),
  {
    ...{ key: null, text: columnTexts.kind },
    toCell: ({ item, isLeftOut }) => ({ marks: isLeftOut ? [leftOutMark] : [sources[item.source]] }),
  },
];

function findRecovery({ time_created: created, time_resolved: resolved }: IncidentRow['item']): number | null {
  return resolved === null ? null : (Date.parse(resolved) - Date.parse(created)) / 1000;
}

function buildIncidentCell(row: IncidentRow, context: ListContext): CellParts {
  const { item, title, branch, isLeftOut } = row;
  const about = listIssueKeys(title, branch);
  const titled = isWithheld(item.incident_id)
    ? { text: rowTexts.elsewhere, isLeftOut, link: null, bitbucket: null, about: [item.system.name] }
    : buildDeployed(
        { ...item, id: item.incident_id, title, about, isLeftOut, href: findIncidentHref(item, context) },
        context,
      );
  return { titled, ...buildBlame(row, context) };
}

/** The page that tells the incident; `null`: its fix is no deployment that counts, and nothing else is known of it. */
function findIncidentHref(
  { incident_id: incidentId, deploy_id: deployId, fix_deploy_id: fix }: IncidentRow['item'],
  context: ListContext,
) {
  return deployId === null && fix === null ? null : context.toIncidentHref({ deployId, incidentId });
}

/** Below the fix: what it is blamed on, by title and number. */
function buildBlame({ item, blamedTitle }: IncidentRow, { toReleaseHref }: ListContext): CellParts {
  if (item.deploy_id === null) return { note: rowTexts.notBlamed };
  const { name, number, repositoryUuid } = nameDeployed(item.deploy_id);
  const text = formatBlamed(blamedTitle === null ? name : `${blamedTitle} ${name}`);
  return number === null
    ? { note: text }
    : { link: { href: toReleaseHref(repositoryUuid ?? item.system.uuid, number), text } };
}
