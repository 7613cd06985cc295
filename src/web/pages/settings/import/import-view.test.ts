import type { ImportStatus } from '../../../../ingestion/progress/import-status';
import { noWork } from '../../../../../test/support/pages/no-work';
import { buildImportView } from './import-view';

const status: ImportStatus = {
  state: 'queued',
  repositories: { total: 0, done: 0, failed: 0 },
  pull_requests: { total: 0, done: 0 },
  requests: {
    used: 800,
    limit: 1000,
    window_ends_at: '2026-11-22T21:14:00.000Z',
    by_purpose: {},
    per_pull_request: null,
  },
  eta_seconds: null,
  problems: [{ repository: null, message: 'The request limit is used up.' }],
  sizes: { total: 0, done: 0 },
  items: [],
  notices: { waiting: 0, unreadable: 0 },
  groups: { read_at: null, problem: null },
  connection: 'live',
  clock_ahead_seconds: null,
  work: noWork,
};
const context = { now: Date.UTC(2026, 10, 22, 20, 30), timezone: 'UTC' };

describe('What is wrong with an import', () => {
  it('is no reason to install again while the import only waits', () => {
    for (const state of ['queued', 'running'] as const) {
      const [problem] = buildImportView({ ...status, state }, context).problems;
      expect(problem?.title).toBe('The import is waiting');
      expect(problem?.next).toBe('Drumbeat tries again by itself, and goes on as soon as Bitbucket answers.');
    }
  });

  it('is said where the import says how far it is', () => {
    expect(buildImportView(status, context).sentence).toMatch(/^The import cannot begin yet;/u);
    expect(buildImportView({ ...status, problems: [] }, context).sentence).toBe('The import begins in a moment.');
  });

  it('is one once Bitbucket takes our credentials no more', () => {
    for (const refused of [{ state: 'failed' as const }, { state: 'done' as const, access_refused: true as const }]) {
      const [problem] = buildImportView({ ...status, ...refused }, context).problems;
      expect(problem?.title).toBe('The workspace cannot be read');
      expect(problem?.next).toContain('installs it again');
    }
  });

  it('is no reason to install again where what was imported cannot be compared', () => {
    const message = 'The list of repositories could not be read again. Bitbucket refuses it.';
    const problems = [{ repository: null, message }];
    expect(buildImportView({ ...status, state: 'done', problems }, context).problems).toEqual([
      {
        title: 'The workspace cannot be compared with Bitbucket',
        text: message,
        next: 'Drumbeat tries again by itself, and goes on as soon as Bitbucket answers. What is merged meanwhile is found then.',
      },
    ]);
  });
});

it('The first of very many problems are listed, and the others counted', () => {
  const problems = Array.from({ length: 60_000 }, (_, index) => ({ repository: `r${index}`, message: 'Refused.' }));
  const view = buildImportView({ ...status, problems }, context);
  expect(view.problems).toHaveLength(101);
  expect(view.problems[100]).toMatchObject({ title: 'More problems' });
  expect(view.problems[100]?.text).toMatch(/^59,900 more problems are not listed\./u);
});

describe('What is wrong with a repository', () => {
  const item = { uuid: '{r}', slug: 'shop', name: 'Shop', pull_requests: { total: 3, done: 1 }, message: 'Refused.' };
  const problems = [{ repository: 'shop', message: 'Refused.' }];
  const view = (state: 'failed' | 'done') =>
    buildImportView({ ...status, state: 'done', problems, items: [{ ...item, state }] }, context);

  it('holds its import up, which is not over with it', () => {
    expect(view('failed').problems[0]).toMatchObject({ title: 'shop could not be imported', text: 'Refused.' });
    expect(view('failed').problems[0]?.next).toContain('Drumbeat tries again by itself');
    expect(view('failed').repositories[0]).toMatchObject({ state: { word: 'Held up' } });
  });

  it('is said where the import says how far it is', () => {
    const items = (['done', 'failed'] as const).map((state) => ({ ...item, uuid: state, state }));
    const { sentence } = buildImportView({ ...status, state: 'done', problems, items }, context);
    expect(sentence).toMatch(/^1 of 2 repositories are complete\. What holds the others up/u);
  });

  it('holds its comparison up once it was imported', () => {
    expect(view('done').problems[0]).toMatchObject({ title: 'shop cannot be compared with Bitbucket' });
    expect(view('done').repositories[0]).toMatchObject({ state: { word: 'Complete' } });
  });
});
