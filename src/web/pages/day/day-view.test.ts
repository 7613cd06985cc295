import { readPage } from '../../../../test/support/pages/read-page';
import { buildPageContext } from '../../../../test/support/pages/sample-overview';
import { buildIncident, buildRelease } from '../../../../test/support/pages/sample-releases';
import { buildAccelerateReport } from '../../../../test/support/pages/sample-report';
import { groupFailures } from '../../../domain/incidents/group-failures';
import { pageRenderer } from '../../presentation/frame/page-renderer';
import { createFindOutcome } from '../../presentation/releases/outcome';
import { createLinks } from '../../routing/paths';
import type { DayMaterial } from './day-material';
import { buildDayView } from './day-view';
import { toDaySpan } from './lanes-view';
import { dayWords } from './words';

const links = createLinks('https://drumbeat.example', '1');
const incidents = [buildIncident(1, 2, ['2026-10-20T04:00:00Z', '2026-10-20T08:26:00Z'])];
const releases = [
  buildRelease(1, '2026-10-20T04:00:00Z', { title: 'Read prices', issueKeys: ['ACME-1'] }),
  buildRelease(2, '2026-10-20T08:26:00Z', { author: null }),
  buildRelease(3, '2026-10-20T09:00:00Z', { isComplete: false, changes: [], leadTime: null }),
];

function build(change: Partial<DayMaterial> = {}): DayMaterial {
  const [event] = groupFailures(incidents);
  const told = event && {
    ...{ event, listed: incidents, repositoryName: 'Checkout' },
    releases: new Map(releases.map((item) => [item.deployId, item])),
  };
  return {
    ...{ pageContext: buildPageContext(), span: toDaySpan('2026-10-20', 'UTC'), releases, leftOut: [] },
    ...{ reaching: incidents, told: told === undefined ? [] : [told], findOutcome: createFindOutcome(incidents) },
    ...{
      began: 1,
      report: buildAccelerateReport(),
      notes: [],
      neighbours: { before: null, after: null },
      beyond: null,
      ...{ editing: null, listCorrectionsOf: () => [] },
    },
    ...change,
  };
}

describe('the page of a day', () => {
  it('says what was shipped, what failed and how that ended', async () => {
    const page = await readPage('day', buildDayView(build(), links));
    expect(page).toContain('3 deployments in Checkout. One failed and was reverted after 4 h 26 min.');
    expect(page).toContain('2 commits in pull requests by 1 person. The commits of one deployment are not known.');
    expect(page).toContain('Read prices Ended 20 Oct 04:00 – 20 Oct 08:26 · 4 h 26 min One deployment failed.');
    expect(page).toContain(
      '04:00 Read prices #1 in Bitbucket · Checkout · ACME-1 Ada 1 24 h Failed Reverted after 4 h 26 min',
    );
    expect(page).toContain('Author not known 1 24 h Revert Recovered after 4 h 26 min');
    expect(page).toContain('Not known : The commits could not be read as they were merged. — No failure known');
  });

  it('of 200 deployments is whole and weighs no more than 250 KB', async () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      buildRelease(index + 10, new Date(Date.parse('2026-10-20T00:00:00Z') + index * 420_000).toISOString()),
    );
    const html = await pageRenderer.renderFragment('day', buildDayView(build({ releases: many }), links));
    expect(html.match(/<th role="rowheader"/gu)).toHaveLength(200);
    expect(html.length).toBeLessThan(250_000);
  });

  it('of a workspace that is not connected shows nothing but that', () => {
    const pageContext = buildPageContext({ isConnected: false });
    expect(buildDayView(build({ pageContext }), links)).toMatchObject({
      ...{ rows: [], stories: [], lanes: null, shipped: null },
      empty: { title: 'Drumbeat is not connected' },
    });
  });
});

describe('how failures of a day are told', () => {
  it.each([
    [{ failed: 0, ended: 0, isByRevert: true, longest: null }, 'No failure is known.'],
    [{ failed: 1, ended: 0, isByRevert: true, longest: null }, 'One failed and is not fixed yet.'],
    [{ failed: 1, ended: 1, isByRevert: false, longest: 60 }, 'One failed and was fixed after 1 min.'],
    [{ failed: 3, ended: 3, isByRevert: true, longest: 7200 }, '3 failed and were reverted, the longest after 2 h.'],
    [{ failed: 3, ended: 1, isByRevert: true, longest: 7200 }, '3 failed, 2 of them not fixed yet.'],
    [{ failed: 2, ended: 2, isByRevert: false, longest: null }, '2 failed and were fixed.'],
  ])('%j', (figures, text) => {
    expect(dayWords.failed(figures)).toBe(text);
  });
});
