import type { CorrectionKind } from '../../domain/corrections/correction';
import { defaultBotPatterns } from '../../domain/reviews/find-bots';
import { noExclusions, type ExclusionRules } from '../../domain/settings/exclusion-rules';
import { aRepositoryUuid, aWorkspaceUuid, webUuid } from '../../../test/support/builders';
import { activity, ada, bo, cy, november, reviewedNow } from '../../../test/support/facts/reviewed-world';
import { savePullRequest } from '../../../test/support/facts/saved-pull-requests';
import type { TestStores } from '../../../test/support/test-database';
import { openReviewedReporting } from '../../../test/support/facts/reviewed-reporting';
import type { DeliveryFilter } from '../filter/delivery-filter';
import type { Reporting } from '../reporting';

const week: DeliveryFilter = {
  ...{ from: '2026-11-02', to: '2026-11-08', interval: 'week' },
  ...{ systems: [], teams: [], isRaw: false },
};
const raw: DeliveryFilter = { ...week, isRaw: true };
const id = (number: number): string => `${aRepositoryUuid}/pullrequests/${number}`;

let stores: TestStores;
let reporting: Reporting;

beforeEach(async () => {
  ({ stores, reporting } = await openReviewedReporting());
});

afterEach(() => stores.close());

async function correct(kind: CorrectionKind, number: number, target: number | null = null): Promise<string> {
  const correction = { kind, subject: id(number), target: target === null ? null : id(target) };
  const made = { reason: 'A test of ours', madeBy: ada.uuid, madeAt: reviewedNow };
  return (await stores.corrections.add(aWorkspaceUuid, { ...correction, ...made })) ?? '';
}

/** Deployments, failed ones, linked incidents, merged pull requests. */
async function count(filter: DeliveryFilter): Promise<number[]> {
  const accelerate = (await reporting.open(aWorkspaceUuid, null)).computeAccelerate(filter);
  const { merged } = (await reporting.open(aWorkspaceUuid, null)).computeReviews(filter);
  const { change_failure_rate: failures, time_to_recover: recovery } = accelerate;
  return [failures.n, failures.failed, recovery.n, merged];
}

describe('corrections', () => {
  it('leave out a pull request everywhere, and what it proved with it', async () => {
    // #4 is a hotfix begun on 5 November: #1 is blamed.
    expect(await count(week)).toEqual([2, 1, 1, 4]);
    await correct('leave_out_pull_request', 4);
    expect(await count(week)).toEqual([1, 0, 0, 3]);
    expect(await count(raw)).toEqual([2, 1, 1, 4]);
    const { phases } = (await reporting.open(aWorkspaceUuid, null)).computeReviews(week);
    expect(phases.mean?.waiting_for_deployment).toBe(0);
  });

  it('leave out open work', async () => {
    await correct('leave_out_pull_request', 10);
    const list = async (filter: DeliveryFilter) =>
      (await reporting.openWhole(aWorkspaceUuid, null)).computeWorkInProgress(filter).items.map((item) => item.id);
    expect(await list(week)).toEqual([12, 11]);
    expect(await list(raw)).toEqual([12, 10, 11]);
  });

  it('leave out a deployment: its pull request stays, its incident is blamed on nothing', async () => {
    await correct('leave_out_deployment', 1);
    expect(await count(week)).toEqual([1, 0, 0, 4]);
  });

  it('leave out an incident, and link one to another deployment', async () => {
    await savePullRequest(stores, aRepositoryUuid, {
      ...{ number: 5, openedAt: november(7, '08:00'), mergedAt: november(7, '09:00') },
    });
    await correct('link_incident', 4, 5);
    const { items } = (await reporting.open(aWorkspaceUuid, null)).listIncidents(week, { limit: 5, cursor: null });
    expect(items.map((item) => item.deploy_id)).toEqual([id(5)]);
    await correct('leave_out_incident', 4);
    expect(await count(week)).toEqual([3, 0, 0, 5]);
    expect(await count(raw)).toEqual([3, 1, 1, 5]);
  });

  it('that are undone act no longer', async () => {
    const made = await correct('leave_out_pull_request', 4);
    expect(await count(week)).toEqual([1, 0, 0, 3]);
    await stores.corrections.undo(aWorkspaceUuid, { id: made, by: bo.uuid, now: reviewedNow });
    expect(await count(week)).toEqual([2, 1, 1, 4]);
  });

  it('are listed with names, and with whether they change anything', async () => {
    await correct('leave_out_pull_request', 10);
    await correct('leave_out_incident', 1);
    const items = (await reporting.openWhole(aWorkspaceUuid, null)).listCorrections();
    const open = items.find(({ kind }) => kind === 'leave_out_pull_request');
    expect(open).toMatchObject({
      ...{ subject: id(10), subjectName: 'Drums #10', target: null, targetName: null, reason: 'A test of ours' },
      subjectUrl: 'https://bitbucket.org/acme/drums/pull-requests/10',
      madeBy: { uuid: ada.uuid, displayName: 'Ada Example' },
      ...{ madeAt: reviewedNow, undoneAt: null, undoneBy: null, hasEffect: true },
    });
    expect(items.find(({ kind }) => kind === 'leave_out_incident')?.hasEffect).toBe(false);
  });

  it('and notes name who made them', async () => {
    await stores.notes.add(aWorkspaceUuid, { date: '2026-11-04', text: 'New stage', by: bo.uuid, now: reviewedNow });
    expect((await reporting.open(aWorkspaceUuid, null)).listNotes()).toEqual([
      {
        ...{ id: expect.any(String) as string, date: '2026-11-04', text: 'New stage', madeAt: reviewedNow },
        madeBy: { uuid: bo.uuid, displayName: 'Bo' },
        ...{ editedBy: null, editedAt: null },
      },
    ]);
  });
});

describe('rules that leave out', () => {
  async function exclude(rules: Partial<ExclusionRules>): Promise<void> {
    const settings = await stores.settings.get(aWorkspaceUuid);
    await stores.settings.save(aWorkspaceUuid, { ...settings, exclusions: { ...noExclusions, ...rules } });
  }

  it('a person take away pull requests, reviews and comments, also from the facts as they came', async () => {
    await exclude({ people: [bo.uuid] });
    const report = (await reporting.open(aWorkspaceUuid, null)).computeReviews(raw);
    // #2 is gone; of #1 Cy's approval and Ada's comment are left.
    expect(report).toMatchObject({
      merged: 3,
      time_to_first_review: { value: 6 * 3600, n: 1 },
      reviews: { mean: 1 / 3 },
      comments: { mean: 1 / 3 },
    });
    const open = (await reporting.openWhole(aWorkspaceUuid, null)).computeWorkInProgress(week);
    expect(open.items.map((item) => [item.id, item.phase])).toEqual([
      [12, 'reviewed'],
      [10, 'open'],
    ]);
  });

  it('take nothing away any more once they are gone', async () => {
    const before = (await reporting.open(aWorkspaceUuid, null)).computeReviews(week);
    await exclude({ people: [bo.uuid], bots: ['ada*'] });
    expect((await reporting.open(aWorkspaceUuid, null)).computeReviews(week)).not.toEqual(before);
    await exclude({});
    expect((await reporting.open(aWorkspaceUuid, null)).computeReviews(week)).toEqual(before);
  });

  it('make an account a bot by its name: its reviews go, its pull requests stay', async () => {
    await exclude({ bots: ['B*'] });
    expect((await reporting.open(aWorkspaceUuid, null)).computeReviews(week)).toMatchObject({
      merged: 4,
      reviews: { mean: 1 / 4 },
    });
  });

  it('a new bot is told from its type as soon as it is seen', async () => {
    (await reporting.open(aWorkspaceUuid, null)).computeReviews(week);
    const late = { uuid: '{99999999-9999-4999-8999-999999999999}', displayName: 'Late', accountId: null };
    const comment = (type: string) =>
      activity('comment', { ...late, type }, { at: november(2, '17:00'), isInline: true });
    await stores.pullRequests.saveActivities(aWorkspaceUuid, aRepositoryUuid, [
      { number: 1, activity: comment('app_user') },
    ]);
    expect((await reporting.open(aWorkspaceUuid, null)).computeReviews(week)).toMatchObject({
      reviews: { mean: 5 / 4 },
    });
  });

  it('a repository take it out of the numbers and of the table of systems, not out of the list', async () => {
    await exclude({ repositories: [aRepositoryUuid] });
    expect(await count(week)).toEqual([0, 0, 0, 0]);
    const slugs = (rows: readonly { system: { slug: string } }[]) => rows.map(({ system }) => system.slug);
    expect(slugs((await reporting.open(aWorkspaceUuid, null)).computeAcceleratePerSystem(week))).toEqual(['web']);
    expect(slugs((await reporting.open(aWorkspaceUuid, null)).computeReviewsPerSystem(week))).toEqual(['web']);
    expect((await reporting.open(aWorkspaceUuid, null)).systems.map(({ slug }) => slug)).toEqual(['drums', 'web']);
    expect(
      (await reporting.openWhole(aWorkspaceUuid, null)).computeWorkInProgress(week).items.map((item) => item.id),
    ).toEqual([12]);
    expect((await reporting.open(aWorkspaceUuid, null)).settings.exclusions).toEqual({
      ...{ people: [], bots: defaultBotPatterns, repositories: [aRepositoryUuid] },
    });
  });

  it('are counted, whether stored or only tried', async () => {
    const rules = { people: [bo.uuid], bots: ['=*', 'nobody'], repositories: [aRepositoryUuid, webUuid] };
    expect(await (await reporting.openWhole(aWorkspaceUuid, null)).countExclusions(rules)).toEqual({
      // #2 and #11; on #1 a comment, a changes request and an approval, and the approvals of #3 and #10.
      people: [{ uuid: bo.uuid, displayName: 'Bo', pullRequests: 2, activities: 5 }],
      bots: [
        { pattern: '=*', accounts: [cy.displayName], activities: 2 },
        { pattern: 'nobody', accounts: [], activities: 0 },
      ],
      botsByType: { accounts: ['Robot'], activities: 2 },
      repositories: [
        { uuid: aRepositoryUuid, name: 'Drums', pullRequests: 6, deployments: 2 },
        { uuid: webUuid, name: '=Web, "the" one', pullRequests: 1, deployments: 0 },
      ],
    });
  });
});

describe('incident rules', () => {
  it('that are tried say what they would find, and change nothing', async () => {
    await savePullRequest(stores, aRepositoryUuid, {
      ...{ number: 5, openedAt: november(7, '08:00'), mergedAt: november(7, '09:00') },
      ...{ sourceBranch: 'bugfix/late', title: 'Mend it' },
    });
    const preview = await (
      await reporting.open(aWorkspaceUuid, null)
    ).previewIncidentRules({
      ...{ revert: true, branchPrefixes: ['bugfix'], titlePrefixes: [] },
    });
    expect(preview).toEqual({
      ...{ from: '2026-08-25', to: '2026-11-22' },
      stored: {
        ...{ incidents: 1, byRevert: 0, byName: 1, byPrefix: [{ kind: 'branch', prefix: 'hotfix', incidents: 1 }] },
        changeFailureRate: { value: 1 / 3, failed: 1, n: 3 },
      },
      tried: {
        ...{ incidents: 1, byRevert: 0, byName: 1, byPrefix: [{ kind: 'branch', prefix: 'bugfix', incidents: 1 }] },
        changeFailureRate: { value: 1 / 3, failed: 1, n: 3 },
      },
      gained: [
        {
          ...{ incidentId: id(5), name: 'Drums #5', title: 'Mend it', at: november(7, '08:00') },
          url: 'https://bitbucket.org/acme/drums/pull-requests/5',
        },
      ],
      lost: [expect.objectContaining({ incidentId: id(4), at: november(5, '12:00') })],
    });
    expect(await count(week)).toEqual([3, 1, 1, 5]);
  });
});
