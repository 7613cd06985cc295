import type { ImportStatus } from '../../../ingestion/progress/import-status';
import { toImportView } from './import-view';

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
};
const context = { now: Date.UTC(2026, 10, 22, 20, 30), timezone: 'UTC' };

describe('What is wrong with an import', () => {
  it('is no reason to install again while the import only waits', () => {
    for (const state of ['queued', 'running'] as const) {
      const [problem] = toImportView({ ...status, state }, context).problems;
      expect(problem?.title).toBe('The import is waiting');
      expect(problem?.next).toBe('Nothing needs to be done: it goes on by itself.');
    }
  });

  it('is one once the import has stopped', () => {
    const [problem] = toImportView({ ...status, state: 'failed' }, context).problems;
    expect(problem?.title).toBe('The workspace cannot be read');
    expect(problem?.next).toContain('installs it again');
  });
});
