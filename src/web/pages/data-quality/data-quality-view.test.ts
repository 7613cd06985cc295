import { buildPageContext, usualState } from '../../../../test/support/pages/sample-overview';
import { buildDataQuality } from '../../../../test/support/pages/sample-quality';
import { buildAccelerateReport } from '../../../../test/support/pages/sample-report';
import type { DataQualityReport } from '../../../reporting/answers/data-quality';
import { pageRenderer } from '../../presentation/frame/page-renderer';
import type { PageContext } from '../../presentation/frame/page-context';
import { createLinks } from '../../routing/paths';
import { buildDataQualityView } from './data-quality-view';

const links = createLinks('https://drumbeat.example', '1');

function build(change: Partial<DataQualityReport> = {}, context: Partial<PageContext> = {}) {
  const place = { name: 'dataQuality', path: '/pages/data-quality', own: { repository: null } } as const;
  const pageContext = buildPageContext({ place, ...context });
  const report = buildDataQuality(buildAccelerateReport(), change);
  return buildDataQualityView({ pageContext, report, state: usualState }, links);
}

function findCheck(name: string, ...parts: Parameters<typeof build>) {
  const found = build(...parts).checks.find(({ check }) => check === name);
  if (found === undefined) throw new Error(`There is no check ${name}.`);
  return found;
}

describe('the page on data quality', () => {
  it('says the worst first, in one sentence or two', () => {
    expect(build().headline).toBe(
      'Lead time is missing the commits of 3 deployments. Merges stand in for deployments in this repository.',
    );
    expect(build({ undated_merges: 1 }).headline).toContain('1 merge has no date and counts nowhere.');
    expect(build({ deployments: 0, commits: { known: 0, not_read_yet: 0, refused: 0, not_listed: 0 } }).headline).toBe(
      'No deployments in this range.',
    );
  });

  it('never shows what is not whole as whole', () => {
    const commits = { known: 9_999, not_read_yet: 1, refused: 0, not_listed: 0 };
    expect(build({ deployments: 10_000, commits }).tiles[0]).toMatchObject({ value: 'over 99 %' });
    expect(build({ merged: 0, sizes: { known: 0, unknown: 0 } }).tiles[2]).toMatchObject({ value: '—' });
  });

  it('names the reasons and the next step of each gap', () => {
    expect(findCheck('Commits of deployments').details).toBe(
      '105 of 108 known. 2 deployments had branches that were deleted or rewritten before the commits were read. ' +
        'Bitbucket did not give the commits of 1 deployment; they are asked for again. ' +
        'New pull requests are read while they are open, so later deployments have their commits.',
    );
    expect(findCheck('Dates of merges', { undated_merges: 2 }).link?.href).toContain('state=undated');
    expect(
      findCheck('Teams', { teams: { ...buildDataQuality(buildAccelerateReport()).teams, groups_read_at: null } }),
    ).toMatchObject({ status: { text: 'Partly' }, link: { text: 'Keep teams by hand in the settings' } });
    expect(findCheck('Corrections', { corrections: 3 }).link?.href).toContain('data=raw');
  });

  it.each([
    ['Complete', {}, {}],
    ['Needs attention', {}, { isConnected: false }],
    ['Partly', {}, { importing: { done: 1, total: 2, etaSeconds: 5 } }],
    ['Needs attention', { verified_at: '2026-11-18T06:00:00.000Z' }, {}],
  ])('says whether changes arrive: %s', (text, completeness, context) => {
    const report = buildDataQuality(buildAccelerateReport());
    const change = { completeness: { ...report.completeness, ...completeness } };
    expect(findCheck('Live updates', change, context).status.text).toBe(text);
  });

  it('writes hostile names as text', async () => {
    const [system] = buildDataQuality(buildAccelerateReport()).systems;
    const systems = system === undefined ? [] : [{ ...system, name: '<img src=x onerror=alert(1)>' }];
    const html = await pageRenderer.renderFragment('data-quality', build({ systems }));
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src');
  });
});
