import { buildPageContext, sampleSystem } from '../../../../test/support/pages/sample-overview';
import { buildAccelerateReport } from '../../../../test/support/pages/sample-report';
import { buildOpenWaits, buildWait } from '../../../../test/support/pages/sample-waits';
import type { OpenWait } from '../../../reporting/reviews/open-waits';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import { createLinks } from '../../routing/paths';
import { buildNeedsNow } from './needs-now-view';

const links = createLinks('https://drumbeat.example', '1');
const report = buildAccelerateReport();

interface Shipped {
  readonly deployments: number;
  readonly failed: number;
  /** How many repositories had any. */
  readonly repositories: number;
}

function toReport({ deployments, failed }: Omit<Shipped, 'repositories'>) {
  return {
    ...report,
    deployment_frequency: { ...report.deployment_frequency, deployments },
    change_failure_rate: { ...report.change_failure_rate, failed },
  };
}

const nothing: Shipped = { deployments: 0, failed: 0, repositories: 0 };

function view(waits: readonly OpenWait[], shipped = nothing, own: Readonly<Record<string, string | null>> = {}) {
  const asked: unknown[] = [];
  const snapshot = {
    findOpenWaits: () => buildOpenWaits({ waits }),
    computeAccelerateInAll: (filter: unknown) => (asked.push(filter), toReport(shipped)),
    computeAcceleratePerSystem: () =>
      Array.from({ length: 3 }, (_, index) => ({
        system: sampleSystem,
        report: toReport({ deployments: index < shipped.repositories ? 1 : 0, failed: 0 }),
      })),
  } as unknown as WholeSnapshot;
  const place = { name: 'workspace', path: '/pages/workspace', own } as const;
  return { asked, needs: buildNeedsNow({ ...buildPageContext({ place }), snapshot }, links) };
}

describe('What needs you now', () => {
  it('is three that wait longest over their usual, with whom and how long that usually is', () => {
    const { needs } = view([90, 80, 70, 60].map((id) => buildWait(id)));
    expect(needs.lines.map(({ where }) => where)).toEqual(['Checkout #90', 'Checkout #80', 'Checkout #70']);
    expect(needs.lines[0]).toMatchObject({ initials: 'JO', text: 'Review by Jon, Mira · 3 d 18 h, usually 11 h' });
    expect(needs.all?.text).toBe('All 4 open');
  });

  it('is none of what is old, of a bot, in a merge queue or within the usual', () => {
    const { needs } = view([
      buildWait(90, { aside: 'old' }),
      buildWait(80, { aside: 'bot' }),
      buildWait(70, { waitsFor: 'queue', whom: [] }),
      buildWait(11),
    ]);
    expect(needs.lines).toEqual([]);
    expect(needs.nothing).toBe('No open pull request waits longer than usual.');
    expect(needs.all?.text).toBe('All 4 open');
  });

  it('says no usual where that is not known, and nobody where nobody was asked', () => {
    const { needs } = view([buildWait(5, { usual: null, over: null, whom: [] })]);
    expect(needs.lines[0]).toMatchObject({ initials: '?', text: 'Review by nobody yet · 5 h' });
    expect(needs.all?.text).toBe('The open pull request');
  });

  it('leads nowhere with nothing open', () => {
    expect(view([]).needs).toMatchObject({ lines: [], all: null, shipped: { text: 'No deployment yet', link: null } });
  });

  it('counts what was shipped today, whatever the range, and leads to it', () => {
    const { needs, asked } = view([], { deployments: 4, failed: 1, repositories: 2 });
    expect(asked).toMatchObject([{ from: '2026-11-18', to: '2026-11-18' }]);
    expect(needs.shipped.text).toBe('4 deployments in 2 repositories, 1 failed');
    expect(needs.shipped.link?.href).toMatch(/^\/pages\/day\?.*&day=2026-11-18$/u);
    expect(view([], { deployments: 1, failed: 0, repositories: 1 }).needs.shipped.text).toBe(
      '1 deployment in 1 repository, none failed',
    );
  });

  it('of a repository leads to pages of that repository', () => {
    const { needs } = view([buildWait(90)], { deployments: 1, failed: 0, repositories: 1 }, { repository: '{drums}' });
    const repository = `repository=${encodeURIComponent('{drums}')}`;
    expect(needs.all?.href).toContain(repository);
    expect(needs.shipped.link?.href).toContain(repository);
  });
});
