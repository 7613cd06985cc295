import { earliestDate } from '../../../domain/calendar/date-range';
import { formatDeployId, parseDeployId, type DeployIdParts } from '../../../domain/deployments/deploy-id';
import type { IncidentItem } from '../../../reporting/answers/rows';
import { formatDateTime, formatLocalDate } from '../../presentation/format/dates';
import { readOne, readText } from '../../presentation/filter/page-parameters';
import { everyIncident } from '../../presentation/rows/list-by-incident';
import { nameDeployed } from '../../presentation/rows/name-deployed';
import type { RowAsk, RowSaid } from '../../presentation/rows/row-editing';
import { toSeen } from '../../presentation/rows/row-seen';
import { askTexts, saidTexts } from '../../presentation/rows/words';
import { sayOvertaken, sayRefused, type ActParts } from './act-parts';
import { correct, listInForce, sayMade } from './correction-acts';

/** So many deployments before an incident are offered; any other can be named by its number. */
const mostOffered = 8;
const longestNumber = 9;

/** Asks which deployment an incident is blamed on, below its row. */
export async function chooseCause(parts: ActParts): Promise<RowSaid> {
  return ask(parts, '', 'neutral');
}

async function ask(parts: ActParts, text: string, tone: RowSaid['tone']): Promise<RowSaid> {
  const { command, snapshot, request } = parts;
  const incident = findIncident(parts);
  if (incident === null) return sayRefused(parts, saidTexts.gone);
  const options = await listNear(snapshot, incident);
  const question: RowAsk = {
    command: { ...command, act: 'caused-by' },
    title: askTexts.cause,
    choices: options.length === 0 ? null : { label: askTexts.near, options },
    field: {
      ...{ label: askTexts.other, name: 'number', most: longestNumber + 1 },
      value: readText(request.parameters, 'number').slice(0, longestNumber + 1),
    },
  };
  return { row: command.row, tone, text, undo: null, ask: question };
}

function findIncident({ command, snapshot }: ActParts): IncidentItem | null {
  return everyIncident(snapshot).find(({ incident_id: id }) => command.subjects[0] === id) ?? null;
}

/** The last deployments of its repository before it began, without its own fix. */
async function listNear(
  snapshot: ActParts['snapshot'],
  { incident_id: id, system, time_created: began }: IncidentItem,
) {
  const { timezone } = snapshot.settings;
  const [at, fix] = [Date.parse(began), id];
  const list = snapshot.openDeploymentList(
    {
      ...{ from: earliestDate, to: formatLocalDate(at, timezone), interval: 'month' },
      ...{ systems: [system.uuid], teams: [], isRaw: false },
    },
    null,
  );
  const times = list.readNumbers('time');
  const places = Array.from(times.keys()).filter((place) => (times[place] ?? Infinity) <= at);
  const rows = await list.readRows(places.slice(0, mostOffered + 1));
  return rows
    .filter((row) => row.id !== fix && !row.isLeftOut)
    .slice(0, mostOffered)
    .map((row) => ({
      value: row.id,
      text: `${nameDeployed(row.id).name} ${row.title ?? ''} · ${formatDateTime(Date.parse(row.item.time_created), timezone)}`,
    }));
}

/** Blames an incident on the deployment that was chosen, or whose number was typed. */
export async function linkIncident(parts: ActParts): Promise<RowSaid> {
  const { command, stored, name } = parts;
  const [subject = ''] = command.subjects;
  const found = await findTarget(parts, subject);
  if ('problem' in found) return ask(parts, found.problem, 'error');
  const { target } = found;
  const text = saidTexts.linked(name, nameDeployed(target).name);
  const inForce = listInForce(parts.snapshot, 'link_incident', [subject]);
  if (inForce.some((one) => one.target === target)) return sayMade(parts, 'link_incident', text);
  if (command.seen !== toSeen.corrections(stored, [subject])) return sayOvertaken(parts);
  if (findIncident(parts) === null) return sayRefused(parts, saidTexts.gone);
  const { workspace, userUuid } = parts.request.caller;
  // One link is in force at a time.
  for (const { id } of inForce) await parts.administration.undoCorrection(workspace, id, userUuid);
  await correct(parts, { kind: 'link_incident', subject, target });
  return sayMade(parts, 'link_incident', text);
}

type Target = { readonly target: string } | { readonly problem: string };

async function findTarget({ request, snapshot }: ActParts, subject: string): Promise<Target> {
  const key = readTarget(request, subject);
  if (key === null) return { problem: saidTexts.noNumber };
  const target = formatDeployId(key);
  if (target === subject) return { problem: saidTexts.ownFix };
  const isOfOurs = snapshot.systems.some(({ uuid }) => uuid === key.repositoryUuid);
  const timeLine = isOfOurs ? await snapshot.readTimeLine(key.repositoryUuid, key.number) : null;
  return timeLine?.deployment?.deployId === target ? { target } : { problem: saidTexts.noDeployment(key.number) };
}

/** What was typed goes before what was chosen: a number is one of the repository of the incident. */
function readTarget({ parameters }: ActParts['request'], subject: string): DeployIdParts | null {
  const typed = readText(parameters, 'number').replace(/^#/u, '');
  if (typed === '') return parseDeployId(readOne(parameters, 'target') ?? '');
  const incident = parseDeployId(subject);
  return incident !== null && /^[1-9]\d{0,8}$/u.test(typed) ? { ...incident, number: Number(typed) } : null;
}
