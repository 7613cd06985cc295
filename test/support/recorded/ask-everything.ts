import { createHash } from 'node:crypto';
import { createChance, type Chance } from '../../../simulator/world/random';

/** What an address answered. */
export interface RecordedAnswer {
  readonly status: number;
  readonly bytes: number;
  readonly sha256: string;
}

export type Ask = (address: string) => Promise<{ readonly status: number; readonly text: string }>;

const repositories = ['merge-commit-1', 'squash-2', 'fast-forward-3', 'rebase-4', 'empty', 'quiet'];
const teams = ['developers', 'platform', 'payments', 'by-hand'];

const metrics = ['/metrics/accelerate', '/metrics/reviews', '/metrics/work-in-progress'];
const lists = ['/deployments', '/incidents', '/pull-requests?state=merged', '/pull-requests?state=open'];
const pages = ['workspace', 'reviews', 'deployments', 'incidents', 'pull-requests', 'work-in-progress'];

/**
 * Some hundred addresses: every route of numbers, as JSON and CSV, under filters of all kinds; the downloads of the
 * pages too.
 */
export function listAddresses(known: { readonly teams: readonly string[] }): string[] {
  const chance = createChance(6);
  const addresses = ['/systems', '/teams', '/settings'].map((route) => `/api/v1${route}`);
  addresses.push('/api/v1/systems?format=csv', '/api/v1/teams?format=csv', '/api/v1/deployments?from=x&team=nobody');
  const everything = 'from=2023-10-01&to=2024-07-15&interval=month';
  const queries = [everything, '', ...Array.from({ length: 24 }, () => drawQuery(chance, known.teams))];
  for (const query of queries) {
    for (const route of [...metrics, ...lists]) {
      const limit = metrics.includes(route) ? '' : '&limit=500';
      const address = `/api/v1${route}${route.includes('?') ? '&' : '?'}${query}${limit}`;
      addresses.push(address, `${address}&format=csv`);
    }
  }
  for (const query of queries.slice(0, 8)) {
    for (const page of pages) {
      if (!query.includes('%')) addresses.push(`/pages/${page}?${query}&format=csv`);
    }
    addresses.push(`/pages/workspace?${query}&format=csv&table=systems`);
  }
  return addresses;
}

function drawQuery(chance: Chance, known: readonly string[]): string {
  const day = (number: number): string => new Date(Date.UTC(2023, 10, 1 + number)).toISOString().slice(0, 10);
  const first = chance.between(0, 240);
  const last = first + chance.pick([0, 6, 29, 89]);
  const query = new URLSearchParams({ from: day(first), to: day(last) });
  query.set('interval', chance.pick(['day', 'week', 'month']));
  for (const system of repositories.filter(() => chance.happens(0.25))) query.append('system', system);
  for (const team of [...teams, ...known].filter((one) => known.includes(one) && chance.happens(0.2))) {
    query.append('team', team);
  }
  if (chance.happens(0.3)) query.set('data', 'raw');
  return query.toString();
}

/** Every address with a digest of its answer, byte by byte. */
export async function recordAnswers(ask: Ask): Promise<Record<string, RecordedAnswer>> {
  const teamList = JSON.parse((await ask('/api/v1/teams')).text) as { items: { slug: string }[] };
  const found: Record<string, RecordedAnswer> = {};
  for (const address of listAddresses({ teams: teamList.items.map(({ slug }) => slug).sort() })) {
    const { status, text } = await ask(address);
    const sha256 = createHash('sha256').update(text).digest('hex');
    found[address] = { status, bytes: Buffer.byteLength(text), sha256 };
  }
  return found;
}
