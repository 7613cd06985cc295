import { askPage, buildPagesDependencies } from '../../../../test/support/pages/ask-page';
import { joinParts } from '../../../../test/support/pages/join-parts';
import { readPage } from '../../../../test/support/pages/read-page';
import { sampleSystem } from '../../../../test/support/pages/sample-overview';
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

describe('the deployments behind a share', () => {
  const asked: string[] = [];
  const dependencies = buildPagesDependencies({
    listNamedDeployments: async (role, { teams }) => {
      asked.push(`${role} ${teams.join()}`);
      return { items: [buildDeployment(role === 'fix' ? 3 : 1)], next: null };
    },
  });

  it('are those that an incident is blamed on, or that fix one', async () => {
    const { view, page } = await read(answerDeployments, 'outcome=failed&team=core', dependencies);
    expect(view.table.rows.map(([name]) => name?.link?.text)).toEqual(['Checkout #1']);
    expect(page).toContain('Failed deployments');
    const fixes = await read(answerDeployments, 'outcome=fix', dependencies);
    expect(fixes.view.table.rows.map(([name]) => name?.link?.text)).toEqual(['Checkout #3']);
    expect(asked).toEqual(['blamed core', 'fix ']);
  });

  it('are none for an outcome that is none', async () => {
    expect(await askPage(answerDeployments, 'outcome=great', dependencies)).toMatchObject({ status: 400 });
  });
});

describe('a row', () => {
  it('leads to the time line of its pull request, and from its last cell to Bitbucket', async () => {
    const { view } = await read(answerDeployments, 'range=30');
    const row = view.table.rows[0];
    expect(row?.[0]?.link?.href).toBe(
      `/pages/pull-request?repository=${encodeURIComponent(sampleSystem.uuid)}&number=7&range=30`,
    );
    expect(row?.at(-1)?.link).toEqual({
      href: `${sampleSystem.url}/pull-requests/7`,
      text: 'Open #7',
      isOutside: true,
    });
  });

  it('of an incident that is blamed on nothing says so', async () => {
    const { page } = await read(answerIncidents, '');
    expect(page).toContain('no deployment before it is known');
  });
});

describe('pull requests', () => {
  it('are the merged ones of the range, page by page', async () => {
    const { view, page } = await read(answerPullRequests, '');
    expect(page).toContain('Merged pull requests');
    expect(view.table.rows).toHaveLength(50);
    expect(view.older?.href).toContain('cursor=');
  });

  it('are those open now, whatever the range', async () => {
    const { view, page } = await read(answerPullRequests, 'state=open');
    expect(view.filter.hasRange).toBe(false);
    expect(page).toMatch(/Checkout #12.*Open.*12 d/u);
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
