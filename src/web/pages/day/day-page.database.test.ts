import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createChance, type Chance } from '../../../../simulator/world/random';
import {
  aCorrection,
  aHash,
  aPerson,
  aRepository,
  aRepositoryUuid,
  aWorkspaceUuid,
  day as dayMs,
  hour,
  webUuid,
} from '../../../../test/support/builders';
import { createFixedClock } from '../../../../test/support/fixed-clock';
import { noProgress } from '../../../../test/support/facts/no-progress';
import { saveMerges, type Merge } from '../../../../test/support/facts/saved-merges';
import { computeNaiveAccelerate } from '../../../../test/support/naive/accelerate';
import { listDates, toLocalDate } from '../../../../test/support/naive/calendar';
import { passes, type NaiveMerge } from '../../../../test/support/naive/facts';
import { findNaiveIncidents } from '../../../../test/support/naive/incidents';
import { openStoredPages, type StoredPages } from '../../../../test/support/pages/stored-pages';
import { createReporting } from '../../../reporting/reporting';
import { formatDuration } from '../../presentation/format/durations';
import { formatShare } from '../../presentation/format/numbers';
import { everything } from '../../presentation/rows/list-by-incident';
import { answerDay } from './day-page';
import type { buildDayView } from './day-view';

const zone = 'Europe/Berlin';
const now = Date.parse('2026-11-02T12:00:00Z');
const from = Date.parse('2026-10-19T00:00:00Z');
const quietUuid = '{88888888-8888-4888-8888-888888888888}';
const systems = [
  { uuid: aRepositoryUuid, slug: 'drums', name: 'Drums' },
  { uuid: webUuid, slug: 'web', name: 'Web' },
];

/** Two weeks around the night on which the clocks are put back: deployments at all hours, a third of them failures. */
function drawMerges(chance: Chance): NaiveMerge[] {
  return systems.flatMap((system) =>
    Array.from({ length: 60 }, (_, index): NaiveMerge => {
      const number = index + 1;
      const mergedAt = from + Math.floor(((index + chance.between(0, 99) / 100) / 60) * 14.4 * dayMs);
      const reverted = chance.between(1, Math.max(1, index));
      const sourceBranch = chance.pick(['feature/a', 'ACME-7-b', `revert-pr-${reverted}`, 'hotfix/c', 'feature/d']);
      const changes = Array.from({ length: chance.between(0, 4) }, (_none, change) => ({
        changeId: aHash(number * 10 + change + (system === systems[0] ? 0 : 5_000)),
        createdAt: mergedAt - chance.between(-2, 90) * hour,
      }));
      return {
        ...{ system, number, title: `Change ${number}`, sourceBranch, destinationBranch: 'main', mergedAt, changes },
        ...{ openedAt: mergedAt - 1000, isComplete: chance.between(0, 9) > 0, isDeployment: true },
        teams: chance.pick([[], ['core'], ['core', 'web']]),
      };
    }),
  );
}

function toStored({ changes, sourceBranch, ...merge }: NaiveMerge): Merge {
  const commits = changes.map(({ changeId, createdAt }) => ({ hash: changeId, authoredAt: createdAt }));
  return { ...merge, commits, sourceBranch: sourceBranch ?? '' };
}

const merges = drawMerges(createChance(20));
const incidents = findNaiveIncidents(merges);
const bo = aPerson({ uuid: '{44444444-4444-4444-8444-444444444444}', displayName: 'Bo' });

type View = ReturnType<typeof buildDayView>;
let pages: StoredPages;

beforeAll(async () => {
  pages = await openStoredPages(now);
  const settings = await pages.stores.settings.get(aWorkspaceUuid);
  await pages.stores.settings.save(aWorkspaceUuid, { ...settings, timezone: zone });
  await pages.stores.workspaces.update(aWorkspaceUuid, { importedSince: from });
  const quiet = { uuid: quietUuid, slug: 'quiet', name: 'Quiet', fullName: 'acme/quiet' };
  await pages.stores.repositories.saveAll(aWorkspaceUuid, [aRepository(quiet)]);
  const groups = ['core', 'web'].map((slug) => ({ slug, name: slug, memberUuids: [aPerson().uuid, bo.uuid] }));
  await pages.stores.teams.replaceGroups(aWorkspaceUuid, groups, from);
  for (const { uuid } of systems) {
    const own = merges.filter(({ system }) => system.uuid === uuid);
    await saveMerges(pages.stores, uuid, own.map(toStored));
  }
});

afterAll(() => pages.close());

const ask = async (query: string) => {
  const { view, text } = await pages.ask({ answer: answerDay, query });
  return { view: view as View, text };
};

const listDays = () => listDates({ start: '2026-10-18', end: '2026-11-03' });

async function openSnapshot() {
  const needs = {
    clock: createFixedClock(now),
    bitbucketUrl: 'https://bitbucket.org',
    loadProgress: async () => noProgress,
  };
  return createReporting(pages.stores, needs).open(aWorkspaceUuid, null);
}

const toLength = (seconds: number | null) => (seconds === null ? '—' : formatDuration(seconds));

describe('Every day of two weeks', () => {
  it.each(['', '&system=web', '&team=web', '&system=drums&team=core'])(
    'shows the deployments and the numbers of a plain calculation and of the API, filtered by "%s"',
    async (filter) => {
      const snapshot = await openSnapshot();
      const query = new URLSearchParams(filter);
      const slugs = query.getAll('system');
      const chosen = systems.filter(({ slug }) => slugs.length === 0 || slugs.includes(slug)).map(({ uuid }) => uuid);
      const question = { interval: 'day', zone, systems: chosen, teams: query.getAll('team') } as const;
      let met = 0;
      for (const day of listDays()) {
        const { view } = await ask(`day=${day}${filter}`);
        const { metrics } = computeNaiveAccelerate({ merges, incidents }, { ...question, from: day, to: day });
        const own = merges
          .filter(({ mergedAt }) => toLocalDate(mergedAt, zone) === day)
          .filter((merge) => passes(merge, question));
        const api = {
          from: day,
          to: day,
          interval: 'day',
          systems: chosen,
          teams: question.teams,
          isRaw: false,
        } as const;
        const { items } = await snapshot.listDeployments(api, everything);
        met += own.length;
        const toFact = (index: number) => view.facts.at(index)?.text;
        expect(view.rows.map(({ bitbucket, place }) => `${place.split(' · ')[0] ?? ''} ${bitbucket.text}`)).toEqual(
          own.toSorted((a, b) => a.mergedAt - b.mergedAt).map(({ system, number }) => `${system.name} #${number}`),
        );
        expect(view.rows.map(({ time }) => time.iso)).toEqual(items.map((item) => item.time_created).reverse());
        expect(view.totals).toContain(`${own.reduce((sum, { changes }) => sum + changes.length, 0)} commit`);
        expect(toFact(0)).toBe(String(metrics.deployment_frequency.deployments));
        const { failed, n } = metrics.change_failure_rate;
        const toShare = (part: number) => (n === 0 ? '—' : formatShare(part, n));
        expect(toFact(2)).toBe(toShare(failed));
        expect(toFact(5)).toBe(toShare(metrics.rework_rate.rework));
        expect(toFact(1)).toContain(toLength(metrics.lead_time_for_changes.value));
        expect(toFact(4)).toContain(toLength(metrics.time_to_recover.value));
        expect(Number(toFact(3))).toBe(snapshot.listIncidents(api, everything).items.length);
        const marked = (word: string) => view.rows.filter(({ marks }) => marks.some((mark) => mark.word === word));
        expect(marked('Failed')).toHaveLength(failed);
        expect([...marked('Revert'), ...marked('Fix')]).toHaveLength(metrics.rework_rate.rework);
      }
      expect(met).toBeGreaterThan(10);
    },
    60_000,
  );

  it('tells every incident that began on it in one of its events', async () => {
    const snapshot = await openSnapshot();
    let told = 0;
    for (const day of listDays()) {
      const { view } = await ask(`day=${day}`);
      const filter = { from: day, to: day, interval: 'day', systems: [], teams: [], isRaw: false } as const;
      const named = view.stories.flatMap(({ entries }) => entries.map(({ link }) => link?.href ?? ''));
      for (const { fix_deploy_id: fix } of snapshot.listIncidents(filter, everything).items) {
        const number = String(fix).split('/').at(-1) ?? '';
        expect(named.some((href) => href.includes(`release=${number}&`))).toBe(true);
        told += 1;
      }
    }
    expect(told).toBeGreaterThan(10);
  });
});

describe('A day', () => {
  it('leads to the nearest days with deployments, and to its rows as a file', async () => {
    const { view } = await ask('day=2026-10-25');
    expect(view.title).toBe('Sunday 25 October 2026');
    expect(view.trail.map(({ text }) => text)).toEqual(['Deployments', 'October 2026']);
    expect(view.neighbours.before?.href).toContain('day=2026-10-24');
    expect(view.neighbours.after?.label).toBe('Monday 26 October 2026, the next day with deployments');
    expect(view.csvHref).toContain('from=2026-10-25&to=2026-10-25');
    expect((await ask('day=2026-10-19')).view.neighbours.before).toBeNull();
  });

  it.each([
    ['2027-01-01', 'This day is still to come', '2 Nov 2026'],
    ['2026-01-01', 'This day lies before the history', '19 Oct 2026'],
  ])('without deployments, %s, says why and leads on', async (day, title, nearest) => {
    const { view, text } = await ask(`day=${day}`);
    expect(view.empty?.title).toBe(title);
    expect(text).toContain(`Show ${nearest}`);
    expect(view.rows).toEqual([]);
  });

  it('that is none is named', async () => {
    for (const day of ['2026-02-30', 'yesterday', '', '99999-01-01', '0001-01-01', '3000-01-01']) {
      const { text } = await pages.ask({ answer: answerDay, query: `day=${day}` });
      expect(text).toContain(`day "${day}"`);
    }
    expect((await ask('')).view.title).toBe('Monday 2 November 2026');
  });

  it('of which the filters leave nothing says how much there is without them', async () => {
    const { view } = await ask('day=2026-10-21&team=nobody-is-in-it');
    expect(view.title).toBe('This view cannot be shown');
    const own = merges.filter(({ mergedAt }) => toLocalDate(mergedAt, zone) === '2026-10-21');
    const { view: filtered } = await ask('day=2026-10-21&system=quiet');
    expect(filtered.empty?.title).toBe('No deployments match these filters');
    expect(filtered.empty?.text).toContain(`${own.length} deployments on this day`);
  });

  it('shows what corrections leave out beside what counts', async () => {
    const subject = `${aRepositoryUuid}/pullrequests/5`;
    await pages.stores.corrections.add(aWorkspaceUuid, aCorrection({ kind: 'leave_out_deployment', subject }));
    const day = toLocalDate(merges[4]?.mergedAt ?? 0, zone);
    const { view } = await ask(`day=${day}`);
    expect(view.totals).toMatch(/, 1 left out$/u);
    expect(view.rows.filter(({ isLeftOut }) => isLeftOut).map(({ link }) => link.text)).toEqual(['Change 5']);
    expect(Number(view.facts[0]?.text)).toBe(view.rows.length - 1);
  });
});

it('no text of the templates of both pages is written in them', () => {
  const views = path.resolve(__dirname, '../../../../views');
  for (const file of ['pages/day', 'pages/release', 'partials/story', 'partials/day-lanes', 'partials/lane-mark']) {
    const words = readFileSync(path.join(views, `${file}.hbs`), 'utf8')
      .replaceAll(/<[^>]*>/gu, ' ')
      .replaceAll(/\{\{[^}]*\}\}/gu, ' ')
      .replaceAll(/[\s·/‹›:]+/gu, '');
    expect({ file, words }).toEqual({ file, words: '' });
  }
});
