import { buildPageContext } from '../../../../test/support/pages/sample-overview';
import { createLinks } from '../../routing/paths';
import { buildLiveLine, type LiveCompleteness } from './live-line';
import type { PageContext } from './page-context';

const links = createLinks('https://drumbeat.example', '1');
const completeness: LiveCompleteness = {
  ...{ imported_since: '2025-11-18', importing: false, verified_at: '2026-11-18T10:00:00.000Z' },
};

function read(context: Partial<PageContext>, change: Partial<LiveCompleteness> = {}): string {
  const { tone, text, time, quality } = buildLiveLine(buildPageContext(context), { ...completeness, ...change }, links);
  return [tone, text, time?.text, '·', quality?.text].filter(Boolean).join(' ');
}

describe('the line under a title', () => {
  it.each([
    ['live Live, last change heard 5 minutes ago · Data quality: no gap known', {}, {}],
    ['live Live, no change heard yet · Data quality: no gap known', { lastNoticeAt: null }, {}],
    ['off Not connected: nothing new arrives · Data quality: no gap known', { isConnected: false }, {}],
    [
      'waiting Importing: 312 of 2,900 pull requests · Data quality: no gap known',
      { importing: { done: 312, total: 2900, etaSeconds: 60 } },
      {},
    ],
    [
      'waiting Looked for changes 1 minute ago · Data quality: no gap known',
      { polling: { everyMinutes: 2, lookedAt: Date.parse('2026-11-18T10:19:00Z') } },
      {},
    ],
    [
      'off Last compared with Bitbucket 3 hours ago · Data quality: no gap known',
      {},
      { verified_at: '2026-11-18T07:00:00.000Z' },
    ],
    [
      'live Live, last change heard 5 minutes ago · 1 deployment has unknown commits',
      {},
      { incomplete_deployments: 1 },
    ],
    [
      'live Live, last change heard 5 minutes ago · 2 merges without a date',
      {},
      { incomplete_deployments: 1, undated_merges: 2 },
    ],
    ['live Live, last change heard 5 minutes ago · 4 pull requests have no size', {}, { unsized_pull_requests: 4 }],
  ] as const)('reads: %s', (line, context, change) => {
    expect(read(context, change)).toBe(line);
  });

  it('leads to the page on data quality with the same filters, and nowhere on that page', () => {
    const place = { name: 'dataQuality', path: '/pages/data-quality', own: {} } as const;
    expect(buildLiveLine(buildPageContext(), completeness, links).quality?.href).toContain(
      '/pages/data-quality?range=90',
    );
    expect(buildLiveLine(buildPageContext({ place }), completeness, links).quality).toBeNull();
  });
});
