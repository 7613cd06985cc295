import fc from 'fast-check';
import { groupFailures } from './group-failures';
import type { Incident } from './incident';

const hour = 3_600_000;
const systems = ['{a}', '{b}'];

function anIncident(number: number, [from, to]: readonly [number, number | null], system = '{a}'): Incident {
  return {
    ...{ incidentId: `${system}/pullrequests/${number}`, repositoryUuid: system, source: 'revert' },
    ...{ createdAt: from * hour, resolvedAt: to === null ? null : to * hour },
    ...{ deployId: `${system}/pullrequests/${number + 1000}`, fixDeployId: `${system}/pullrequests/${number}` },
  };
}

const describeEvents = (incidents: readonly Incident[]) =>
  groupFailures(incidents).map(({ beginsAt, endsAt, incidents: own }) => [
    beginsAt / hour,
    endsAt === null ? null : endsAt / hour,
    own.length,
  ]);

describe('failures of one repository', () => {
  it('are one event while each begins within 48 hours of the last thing known before', () => {
    expect(describeEvents([anIncident(1, [0, 5]), anIncident(2, [53, 60]), anIncident(3, [109, 110])])).toEqual([
      [0, 60, 2],
      [109, 110, 1],
    ]);
  });

  it('are chained by whatever ended last, not by what began last', () => {
    expect(describeEvents([anIncident(1, [0, 100]), anIncident(2, [10, 11]), anIncident(3, [148, 150])])).toEqual([
      [0, 150, 3],
    ]);
  });

  it('have no end while one of them goes on', () => {
    expect(describeEvents([anIncident(1, [0, null]), anIncident(2, [40, 44])])).toEqual([[0, null, 2]]);
    // Of the one that goes on no more is known than its beginning.
    expect(describeEvents([anIncident(1, [0, null]), anIncident(2, [49, 50])])).toEqual([
      [0, null, 1],
      [49, 50, 1],
    ]);
  });

  it('are never those of another repository', () => {
    expect(groupFailures([anIncident(1, [0, 1]), anIncident(1, [2, 3], '{b}')])).toHaveLength(2);
  });

  it('name each deployment once', () => {
    const twice = { ...anIncident(2, [1, 2]), deployId: anIncident(1, [0, 1]).deployId };
    const [event] = groupFailures([anIncident(1, [0, 1]), twice]);
    expect(event?.failed).toEqual(['{a}/pullrequests/1001']);
    expect(event?.fixes).toEqual(['{a}/pullrequests/1', '{a}/pullrequests/2']);
  });
});

/** Every two whose spans lie at most 48 hours apart belong together, and so does whatever hangs together by them. */
function groupPlainly(incidents: readonly Incident[]): string[] {
  const toSpan = ({ createdAt, resolvedAt }: Incident) =>
    [createdAt, resolvedAt ?? createdAt].sort((a, b) => a - b) as [number, number];
  const isNear = (one: Incident, other: Incident) => {
    const [[from, to], [begin, end]] = [toSpan(one), toSpan(other)];
    return one.repositoryUuid === other.repositoryUuid && from - end <= 48 * hour && begin - to <= 48 * hour;
  };
  const groups: Incident[][] = [];
  for (const incident of incidents) {
    const near = groups.filter((group) => group.some((one) => isNear(one, incident)));
    for (const group of near) groups.splice(groups.indexOf(group), 1);
    groups.push([incident, ...near.flat()]);
  }
  return groups.map(nameGroup).sort();
}

const nameGroup = (group: readonly Incident[]): string =>
  group
    .map(({ incidentId }) => incidentId)
    .sort()
    .join();

describe('2,000 random histories', () => {
  const histories = fc
    .array(
      fc.record({
        system: fc.constantFrom(...systems),
        from: fc.integer({ min: 0, max: 900 }),
        // Dates of commits may lie after the merge.
        length: fc.option(fc.integer({ min: -60, max: 90 }), { freq: 8 }),
      }),
      { maxLength: 14 },
    )
    .map((all) =>
      all.map(({ system, from, length }, index) =>
        anIncident(index + 1, [from, length === null ? null : from + length], system),
      ),
    );

  it('give the events of a plain calculation: each incident in exactly one, whatever their order', () => {
    fc.assert(
      fc.property(histories, fc.nat(13), (incidents, turn) => {
        const events = groupFailures(incidents);
        const named = events.map((event) => nameGroup(event.incidents)).sort();
        expect(named.join(' ')).toBe(groupPlainly(incidents).join(' '));
        expect(events.flatMap((event) => event.incidents).length).toBe(incidents.length);
        const turned = [...incidents.slice(turn), ...incidents.slice(0, turn)].reverse();
        expect(JSON.stringify(groupFailures(turned))).toBe(JSON.stringify(events));
      }),
      { numRuns: 2000, seed: 48 },
    );
  });
});
