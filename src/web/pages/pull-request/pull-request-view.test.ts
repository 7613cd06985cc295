import { readPage } from '../../../../test/support/pages/read-page';
import { buildRepositoryContext, sampleSystem } from '../../../../test/support/pages/sample-overview';
import { buildMergedItem } from '../../../../test/support/pages/sample-reviews';
import { buildDeployedTimeLine, buildTimeLine } from '../../../../test/support/pages/sample-time-line';
import type { PullRequestTimeLine } from '../../../reporting/time-line/time-line';
import type { IncidentItem } from '../../../reporting/answers/rows';
import { createLinks } from '../../routing/paths';
import { buildPullRequestPanelView } from '../panels/pull-request-panel-view';
import { buildPullRequestView } from './pull-request-view';
import { formatWaitingSentence } from './waiting';

const links = createLinks('https://drumbeat.example', '1');
const pageContext = buildRepositoryContext({
  place: { name: 'pullRequest', path: '/pages/pull-request', own: { repository: sampleSystem.uuid, number: '7' } },
});
const { now } = pageContext;
const view = (timeLine = buildTimeLine(), incidents: readonly IncidentItem[] = []) =>
  buildPullRequestView({ timeLine, incidents }, pageContext, links);
const since = Date.parse('2026-11-16T06:20:00Z');

describe('what a pull request waits for', () => {
  const say = (change: Partial<PullRequestTimeLine>) =>
    formatWaitingSentence(buildTimeLine(change), { now, timezone: 'UTC' });
  const [first, opened, comment, request] = buildTimeLine().events;

  it('is one sentence with since when, how long and why', () => {
    expect(say({})).toBe('Waiting for the author since 16 Nov 2026 (2 d 4 h): changes were requested.');
  });

  it.each([
    ['draft', 'Waiting for the author since 16 Nov 2026 (2 d 4 h): marked as a draft.'],
    ['waiting_for_first_review', 'Waiting for the first review since 16 Nov 2026 (2 d 4 h): nobody has reviewed yet.'],
    ['approved', 'Waiting for the merge since 16 Nov 2026 (2 d 4 h): approved, not merged yet.'],
    ['in_merge_queue', 'Waiting for the merge since 16 Nov 2026 (2 d 4 h): in the merge queue.'],
    [
      'waiting_for_deployment',
      'Waiting for the deployment since 16 Nov 2026 (2 d 4 h): merged, no deployment with this change is known.',
    ],
  ] as const)('is, in the phase %s: %s', (phase, sentence) => {
    expect(say({ waitsIn: { phase, since } })).toBe(sentence);
  });

  it('names a comment on the code where that is what happened', () => {
    const events = [first, opened, { ...comment, at: since, notCounted: null }].flatMap((one) => one ?? []);
    expect(say({ events: events as PullRequestTimeLine['events'] })).toContain('a reviewer commented on the code');
  });

  it('names the push after which reviewers are asked again', () => {
    const push = { ...request, kind: 'update', change: 'push', at: since, notCounted: null };
    const events = [...buildTimeLine().events, push] as PullRequestTimeLine['events'];
    expect(say({ events, waitsIn: { phase: 'in_review', since } })).toContain(
      'Waiting for the reviewers since 16 Nov 2026 (2 d 4 h): the author pushed new commits.',
    );
  });

  it('is nothing after its end', () => {
    const ended = (timeLine: PullRequestTimeLine) => formatWaitingSentence(timeLine, { now, timezone: 'UTC' });
    expect(ended(buildDeployedTimeLine())).toBe('Deployed on 17 Nov 2026.');
    expect(ended(buildTimeLine({ state: 'DECLINED', waitsIn: null }))).toBe('Declined on 18 Nov 2026.');
  });
});

describe('the page of a pull request', () => {
  it('has its phases in order with the usual length of this repository', async () => {
    const page = await readPage('pull-request', view());
    expect(page).toContain('Checkout #7 Open Charge in euros');
    expect(page).toContain('Waiting for the first review 15 Nov 2026, 06:20 16 Nov 2026, 06:20 1 d 5 h');
    expect(page).toContain('Waiting for the author 16 Nov 2026, 06:20 Present 2 d 4 h 2 h');
    expect(page).toContain('over the 58 pull requests of this repository merged in the last 90 days');
  });

  it('draws them as one bar whose pieces fill it', () => {
    const { bar } = view();
    expect(bar?.pieces.map(({ x, width }) => [x, width])).toEqual([
      ['0.00%', '7.32%'],
      ['7.32%', '29.27%'],
      ['36.59%', '63.41%'],
    ]);
    expect(bar?.label).toContain('Waiting for the author: 2 d 4 h');
  });

  it('lists what happened, and says what is not counted and why', async () => {
    const page = await readPage('pull-request', view());
    expect(page).toContain('Opened by Ada');
    expect(page).toContain('Comment on the code by Ada not counted as a review: by the author');
    expect(page).toContain('Changes requested by Bo');
  });

  it('says what a replaced verdict counts as, and to what a removal belongs', async () => {
    const bo = { uuid: '{b}', displayName: 'Bo' };
    const plain = { actor: bo, isInline: false, change: null, notCounted: null } as const;
    const [approvedAt, requestedAt] = [since, since + 3_600_000];
    const [approval, request] = [
      { kind: 'approval' as const, at: approvedAt },
      { kind: 'changes_request' as const, at: requestedAt },
    ];
    const events = [
      { ...approval, ...plain, replacedBy: request },
      { ...request, ...plain, replacedBy: null },
      { kind: 'approval_withdrawn' as const, at: requestedAt + 20_000, ...plain, replacedBy: request },
    ];
    const page = await readPage('pull-request', view(buildTimeLine({ events })));
    expect(page).toContain(
      'Approved by Bo counted as a review, not as an approval: replaced by the request for changes of 16 Nov 2026, 07:20',
    );
    expect(page).toContain(
      'Approval withdrawn by Bo part of the request for changes of 16 Nov 2026, 07:20, changes nothing by itself',
    );
    const turned = [{ ...request, ...plain, replacedBy: approval }];
    expect(await readPage('pull-request', view(buildTimeLine({ events: turned })))).toContain(
      'Changes requested by Bo counted as a review, no longer in force: replaced by the approval of 16 Nov 2026, 06:20',
    );
  });

  it('marks what is in a merge queue, and tells when it was put there and taken out', async () => {
    const plain = { kind: 'update', actor: null, isInline: false, notCounted: null, replacedBy: null } as const;
    const events = [
      { ...plain, at: since, change: 'queue' as const },
      { ...plain, at: since + 60_000, change: 'unqueue' as const },
    ];
    const page = await readPage('pull-request', view(buildTimeLine({ queued: true, events })));
    expect(page).toContain('Open In merge queue');
    expect(page).toContain('Added to the merge queue by somebody unknown');
    expect(page).toContain('Removed from the merge queue by somebody unknown');
    expect(view(buildDeployedTimeLine({ queued: true })).marks.map(({ word }) => word)).toEqual(['Merged']);
  });

  it('has the six durations of a merged one, with a reason for each dash', async () => {
    const item = buildMergedItem(7, { time_to_first_approval: null, time_to_open: -5 });
    const page = await readPage('pull-request', view(buildDeployedTimeLine({ item })));
    expect(page).toContain('Time to merge 1 d');
    expect(page).toContain('Time to first approval — Did not happen.');
    expect(page).toContain('Time to open — Left out: the dates contradict each other.');
    expect(page).toContain('Deployed on 17 Nov 2026, 06:20 as deployment #7 .');
  });

  it('says which incidents are blamed on it and which it fixed, and leads to the other pull request', async () => {
    const toId = (number: number) => `${sampleSystem.uuid}/pullrequests/${number}`;
    const build = (deployId: string | null, fixId: string): IncidentItem => ({
      incident_id: fixId,
      system: sampleSystem,
      time_created: '2026-11-17T12:00:00.000Z',
      time_resolved: null,
      source: 'revert',
      deploy_id: deployId,
      fix_deploy_id: fixId,
      url: sampleSystem.url,
    });
    const incidents = [build(toId(7), toId(8)), build(toId(5), toId(7)), build(null, toId(7)), build(toId(1), toId(2))];
    const page = await readPage('pull-request', view(buildTimeLine(), incidents));
    expect(page).toContain('Blamed for an incident, fixed by #8 .');
    expect(page).toContain('Fixed an incident, blamed on #5 .');
    expect(page).toContain('Fixed an incident. No deployment before is known that could be blamed.');
    expect(view(buildTimeLine(), incidents).incidents).toHaveLength(3);
  });

  it('leads to the later deployment that brought it, and to Bitbucket', () => {
    const deployId = `${sampleSystem.uuid}/pullrequests/9`;
    const { deployment, bitbucket } = view(buildDeployedTimeLine({ deployment: { deployId, at: since } }));
    expect(deployment?.link?.href).toContain('&number=9&');
    expect(bitbucket).toMatchObject({ href: `${sampleSystem.url}/pull-requests/7`, isOutside: true });
  });

  it('names what brought it, or what it broke, where that is no pull request', () => {
    const toLine = {
      incident_id: `${sampleSystem.uuid}/pullrequests/7`,
      system: sampleSystem,
      source: 'revert',
    } as const;
    const times = { time_created: '2026-11-17T12:00:00.000Z', time_resolved: null, url: sampleSystem.url };
    const timeLine = buildDeployedTimeLine({ deployment: { deployId: 'release 4', at: since } });
    const found = view(timeLine, [{ ...toLine, ...times, deploy_id: 'release 3', fix_deploy_id: 'release 4' }]);
    expect(found.deployment?.text).toMatch(/ with release 4\.$/u);
    expect(found.deployment?.link).toBeNull();
    const line = { text: 'Fixed an incident, blamed on release 3.', link: null };
    expect(found.incidents).toEqual([line]);
  });
});

describe('the panel of a pull request', () => {
  const panel = (timeLine: PullRequestTimeLine) =>
    buildPullRequestPanelView(timeLine, { repositoryUuid: sampleSystem.uuid, now, timezone: 'UTC' }, links);

  it('says what it waits for and each phase so far against the usual one', async () => {
    const page = await readPage('pull-request-panel', panel(buildTimeLine()));
    expect(page).toContain('Waiting for the author since 16 Nov 2026 (2 d 4 h): changes were requested.');
    expect(page).toContain('Coding 6 h longer than the usual 4 h');
    expect(page).toContain('Waiting for the first review 1 d longer than the usual 5 h');
    expect(page).toContain('Usual: median of 58 pull requests merged here in 90 days.');
    expect(page).not.toContain('Draft');
  });

  it('compares with nothing where nothing was merged', async () => {
    const usual = { ...buildTimeLine().usual, n: 0, seconds: { ...buildTimeLine().usual.seconds, coding: null } };
    const page = await readPage('pull-request-panel', panel(buildTimeLine({ usual })));
    expect(page).toContain('Coding 6 h nothing to compare with');
    expect(page).toContain('No pull request of this repository was merged in the last 90 days');
  });
});
