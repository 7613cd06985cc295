import type { Chance } from '../../../simulator/world/random';
import type { Stores } from '../../../src/store/stores';
import { apiPath, pagePaths } from '../../../src/web/routing/paths';
import { aPerson, aRepository, aWorkspaceUuid as workspace, anActivity, day, hour } from '../builders';
import { savePullRequest } from '../facts/saved-pull-requests';
import type { Sent } from './viewed-web';

/** What every object has without having been given it: the names that a plain object takes for its own. */
export const inheritedNames: readonly string[] = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...['prototype', 'length', 'name', 'then', 'toJSON', 'inspect'],
];

/** Everything that a workspace has names for is called as what every object inherits. */
export async function saveInheritedNames(stores: Stores, now: number): Promise<void> {
  const repositories = inheritedNames.map((slug, index) =>
    aRepository({
      ...{ uuid: toUuid('f0f0f0f0', index), slug, name: slug, fullName: `acme/${slug}`, isPrivate: false, readAt: now },
    }),
  );
  const people = inheritedNames.map((displayName, index) =>
    aPerson({ uuid: toUuid('f1f1f1f1', index), displayName, accountId: null }),
  );
  const memberUuids = people.map(({ uuid }) => uuid);
  await stores.repositories.saveAll(workspace, repositories);
  await stores.teams.replaceGroups(
    workspace,
    inheritedNames.map((slug) => ({ slug, name: slug, memberUuids })),
    now - 200 * day,
  );
  for (const [index, { uuid, slug }] of repositories.entries()) {
    const author = people[index] ?? null;
    const openedAt = now - (index + 2) * day;
    const said = { openedAt, title: slug, author, destination: 'main', teams: [...inheritedNames] };
    const activities = [anActivity({ at: openedAt + hour, key: slug, actor: people[index - 1] ?? null })];
    await savePullRequest(stores, uuid, { ...said, number: 1, sourceBranch: slug, mergedAt: openedAt + 5 * hour });
    await savePullRequest(stores, uuid, { ...said, number: 2, sourceBranch: `hotfix/${slug}`, activities });
    await stores.repositories.noteProblem(workspace, uuid, { problem: slug, now });
  }
}

function toUuid(head: string, index: number): string {
  return `{${head}-0000-4000-8000-0000000000${String(index).padStart(2, '0')}}`;
}

const routes = [
  ...['metrics/accelerate', 'metrics/reviews', 'metrics/work-in-progress', 'deployments', 'incidents', 'pull-requests'],
  ...['metrics/what-changed', 'metrics/waits', 'systems', 'teams', 'settings', 'import', 'openapi.json'],
].map((route) => `${apiPath}/${route}`);
const pages = Object.values(pagePaths).filter((path) => path !== pagePaths.settings);

const parameters = [
  ...['from', 'to', 'range', 'interval', 'system', 'team', 'data', 'state', 'outcome', 'format', 'table', 'limit'],
  ...['cursor', 'repository', 'number', 'pull_request', 'sort', 'rows', 'x', 'page', 'repositories_page', 'tables'],
  ...['edit', 'theme', 'kept', 'shown', 'workspace', 'action', 'subject', 'kind', 'target', 'find', 'jwt2', 'lic'],
];
const values = [
  ...['', '0', '-1', '1', '2', '30', '365', '501', '9007199254740993', '1e3', 'NaN', 'null', 'undefined', 'true', '[]'],
  ...['2026-11-01', '2026-10-01', '1970-01-01', '2999-12-31', '2026-02-30', '2016-11-23', '0000-00-00', '20261101'],
  ...['day', 'week', 'month', 'year', 'raw', 'corrected', 'open', 'merged', 'undated', 'failed', 'fix', 'csv', 'json'],
  ...['systems', 'metrics', 'pull-requests', 'name', '-deployments', '--name', 'lines', 'dark', 'slug-alpha-q'],
  ...[
    '{d0d0d0d0-0000-4000-8000-000000000001}',
    'd0d0d0d0-0000-4000-8000-000000000002',
    '{}',
    '{a.b}',
    'W10',
    'W1siYSIsImIiXQ',
  ],
  ...[
    '%',
    '%zz',
    '%00',
    '%ff',
    '%c3%28',
    '%ed%a0%80',
    '\u202e',
    '<script>',
    "' or 1=1 --",
    '../../etc',
    '=1+1',
    '\r\nX: y',
  ],
];

/** One address of a page or of the API, more often wrong than right; percent signs may stand alone. */
export function drawAddress(chance: Chance): string {
  const path = chance.pick(chance.happens(0.5) ? pages : routes);
  const parts = Array.from({ length: chance.between(0, 7) }, () => drawParameter(chance));
  const place = chance.happens(0.04) ? `${path}/${encode(chance, chance.pick(inheritedNames))}` : path;
  return `${place}?${parts.join(chance.pick(['&', '&', '&', '&&', ';']))}`;
}

function drawParameter(chance: Chance): string {
  const name = encode(chance, chance.pick(chance.happens(0.3) ? inheritedNames : parameters));
  const value = () => encode(chance, drawValue(chance));
  const one = chance.pick([
    `${name}=${value()}`,
    `${name}=${value()}`,
    name,
    `${name}[]=${value()}`,
    `${name}[x]=${value()}`,
  ]);
  return chance.happens(0.15) ? `${one}&${name}=${value()}` : one;
}

function drawValue(chance: Chance): string {
  if (chance.happens(0.01)) return chance.pick(values).padEnd(3000, 'x');
  if (chance.happens(0.1)) return String.fromCodePoint(...Array.from({ length: 5 }, () => chance.between(32, 0xd7ff)));
  return chance.pick(chance.happens(0.35) ? inheritedNames : values);
}

const actions = ['save-settings', 'save-incident-rules', 'save-exclusions', 'save-team', 'create-link', 'make-token'];
const fields = ['action', 'form', 'people', 'bots', 'repositories', 'slug', 'valid', 'mark', 'find_person', 'timezone'];
const members = ['timezone', 'levels', 'incident_rules', 'exclusions', 'revert', 'branch_prefixes', 'people', 'bots'];

/** A body that is to change the settings: by a form of their page, or as JSON. */
export function drawChange(chance: Chance): { readonly address: string; readonly init: Sent } {
  if (chance.happens(0.5)) {
    const body = drawJson(chance, 3);
    return { address: `${apiPath}/settings`, init: { method: 'PATCH', type: 'application/json', body } };
  }
  const names = Array.from({ length: chance.between(1, 8) }, () => chance.pick([...fields, ...inheritedNames]));
  const body = [
    ...names.map((name) => [name, drawValue(chance)]),
    ['action', chance.pick([...actions, ...inheritedNames])],
  ]
    .map(([name = '', value = '']) => `${encode(chance, name)}=${encode(chance, value)}`)
    .join('&');
  return { address: pagePaths.settings, init: { method: 'POST', type: 'application/x-www-form-urlencoded', body } };
}

/** Written by hand: no object of ours has a member `__proto__`, but a text may. */
function drawJson(chance: Chance, depth: number): string {
  if (depth === 0 || chance.happens(0.2)) {
    return chance.pick(['null', 'true', '1e400', '-0', '[]', '[[]]', JSON.stringify(drawValue(chance))]);
  }
  const inner = Array.from({ length: chance.between(0, 4) }, () => drawJson(chance, depth - 1));
  const name = () => JSON.stringify(chance.pick(chance.happens(0.5) ? members : inheritedNames));
  return chance.happens(0.2) ? `[${inner.join(',')}]` : `{${inner.map((one) => `${name()}:${one}`).join(',')}}`;
}

/** As a browser would write it, or nearly as it is. */
function encode(chance: Chance, text: string): string {
  return chance.happens(0.7) && !text.startsWith('%')
    ? encodeURIComponent(text)
    : text.replaceAll(/[^\x21-\x7e]|[#&]/gu, (sign) => encodeURIComponent(sign));
}
