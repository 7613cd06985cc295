import { askPage, buildPagesDependencies } from '../../../../test/support/pages/ask-page';
import { joinParts } from '../../../../test/support/pages/join-parts';
import { readPage } from '../../../../test/support/pages/read-page';
import { sampleSystem } from '../../../../test/support/pages/sample-overview';
import { buildSampleList, toDeploymentRow } from '../../../../test/support/pages/sample-lists';
import type { DeploymentRow } from '../../../reporting/rows/row-list';
import type { DeploymentItem } from '../../../reporting/answers/rows';
import type { AnswerPage, PageAnswer, RoomsDependencies } from '../../presentation/frame/page-dependencies';
import { answerDeployments, answerIncidents, answerPullRequests, type RowsView } from './rows-page';

async function read(answer: AnswerPage, query: string, dependencies?: RoomsDependencies) {
  const answered = await askPage(answer, query, dependencies);
  const view = toView(answered);
  return { view, page: await readPage('rows', view) };
}

function toView(answered: PageAnswer): RowsView {
  if (answered.kind !== 'page' || answered.template !== 'rows') throw new Error(JSON.stringify(answered));
  return answered.view as RowsView;
}

const idOf = (number: number) => `${sampleSystem.uuid}/pullrequests/${number}`;

function buildDeployment(number: number): DeploymentItem {
  return {
    deploy_id: idOf(number),
    system: sampleSystem,
    time_created: '2026-11-17T12:00:00.000Z',
    changes: [],
    teams: [],
    teams_as_of: 'merge',
    source: 'pull_request',
    complete: true,
    url: `${sampleSystem.url}/pull-requests/${number}`,
  };
}

const titlesOf = ({ table }: RowsView) =>
  table.entries.map(({ cells }) => cells.find(({ titled }) => titled !== undefined)?.titled);

describe('the deployments behind a share', () => {
  const asked: string[] = [];
  const dependencies = buildPagesDependencies({
    openDeploymentList: (filter, role) => {
      asked.push(`${role} ${filter.teams.join()}`);
      return buildSampleList<DeploymentItem, DeploymentRow>([buildDeployment(role === 'fix' ? 3 : 1)], toDeploymentRow);
    },
  });

  it('are those that an incident is blamed on, or that fix one', async () => {
    const { view, page } = await read(answerDeployments, 'outcome=failed&team=core', dependencies);
    expect(titlesOf(view).map((titled) => titled?.bitbucket?.text)).toEqual(['#1']);
    expect(page).toContain('Failed deployments');
    const fixes = await read(answerDeployments, 'outcome=fix', dependencies);
    expect(titlesOf(fixes.view).map((titled) => titled?.bitbucket?.text)).toEqual(['#3']);
    expect(asked).toEqual(['blamed core', 'fix ']);
  });

  it('are none for an outcome that is none', async () => {
    expect(await askPage(answerDeployments, 'outcome=great', dependencies)).toMatchObject({ status: 400 });
  });
});

describe('a row', () => {
  it('says its title first, leads to its page, and from its number to Bitbucket', async () => {
    const { view } = await read(answerDeployments, 'range=30');
    expect(titlesOf(view)[0]).toEqual({
      text: 'A change',
      isLeftOut: false,
      link: {
        href: `/pages/release?repository=${encodeURIComponent(sampleSystem.uuid)}&release=7&range=30`,
        text: 'A change',
      },
      bitbucket: { href: `${sampleSystem.url}/pull-requests/7`, text: '#7', name: 'Pull request 7 in Bitbucket' },
      about: ['Checkout', 'CORE-12', 'Core'],
    });
  });

  it('of an incident that is blamed on nothing says so', async () => {
    const { page } = await read(answerIncidents, '');
    expect(page).toContain('Blamed on no deployment');
  });
});

describe('a list', () => {
  it('says what it holds, and finds what its words hold', async () => {
    const { view } = await read(answerPullRequests, '');
    expect(view.totals).toBe('60 merged pull requests');
    const found = await read(answerPullRequests, 'find=nothing+of+this');
    expect(found.view.nothing?.way).toMatchObject({ text: 'Show all 60 merged pull requests' });
    expect(found.page).toContain('No match for “nothing of this” among 60 merged pull requests.');
  });

  it('is sorted by what it knows, and refuses anything else by name', async () => {
    const { view } = await read(answerPullRequests, 'sort=time');
    expect(view.table.heads.map((head) => ('direction' in head ? head.direction : null))[0]).toBe('ascending');
    expect(await askPage(answerPullRequests, 'sort=title')).toMatchObject({ status: 400 });
    expect(await askPage(answerPullRequests, 'page=0')).toMatchObject({ status: 400 });
    const long = await askPage(answerPullRequests, `find=${'x'.repeat(201)}`);
    expect(long).toMatchObject({ status: 400 });
    expect(JSON.stringify(long)).toContain('200 characters');
  });

  it('has a file of what is found, in its order', async () => {
    const answered = await askPage(answerPullRequests, 'format=csv&find=zzz');
    const text = answered.kind === 'csv' ? await joinParts(answered.parts) : '';
    expect(text.trim().split('\r\n')).toHaveLength(1);
  });
});

describe('pull requests', () => {
  it('are the merged ones of the range, page by page', async () => {
    const { view, page } = await read(answerPullRequests, '');
    expect(page).toContain('Merged pull requests');
    expect(view.table.entries).toHaveLength(50);
    expect(view.pages.older?.href).toContain('page=2');
  });

  it('are those open now, whatever the range', async () => {
    const { view, page } = await read(answerPullRequests, 'state=open');
    expect(view.filter.hasRange).toBe(false);
    expect(page).toMatch(/Work number 12 #12 Checkout.*Not reviewed.*12 d/u);
    expect(view.parts.map(({ isCurrent }) => isCurrent)).toEqual([false, true]);
  });

  it('come as a file', async () => {
    const answered = await askPage(answerPullRequests, 'format=csv');
    expect(answered).toMatchObject({ kind: 'csv', fileName: 'merged-pull-requests-2026-08-21-2026-11-18.csv' });
    const text = answered.kind === 'csv' ? await joinParts(answered.parts) : '';
    expect(text.trim().split('\r\n')).toHaveLength(61);
  });

  it('of a state that is none are refused by name', async () => {
    const answered = await askPage(answerPullRequests, 'state=declined');
    expect(answered).toMatchObject({ status: 400 });
  });
});
