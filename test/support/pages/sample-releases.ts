import type { Incident } from '../../../src/domain/incidents/incident';
import type { ReleaseItem } from '../../../src/reporting/delivery/release-items';
import type { WholeSnapshot } from '../../../src/reporting/snapshot';
import { sampleSystem } from './sample-overview';

type Releases = Pick<WholeSnapshot, 'listReleases' | 'readReleases' | 'listFailures' | 'readRelease'>;

/** Of the sample repository. */
export const sampleId = (number: number): string => `${sampleSystem.uuid}/pullrequests/${number}`;

/** A deployment of one commit, a day after that. */
export function buildRelease(number: number, at: string, change: Partial<ReleaseItem> = {}): ReleaseItem {
  const deployedAt = Date.parse(at);
  const createdAt = deployedAt - 86_400_000;
  return {
    ...{ deployId: sampleId(number), system: sampleSystem, number, title: `Change ${number}`, deployedAt },
    author: { uuid: '{a}', displayName: 'Ada', isBot: false },
    changes: [{ changeId: String(number).padStart(40, 'a'), createdAt }],
    ...{ isComplete: true, leadTime: 86_400, teams: ['core'], teamsAsOf: 'merge', issueKeys: [] },
    url: `${sampleSystem.url}/pull-requests/${number}`,
    ...change,
  };
}

/** A revert of one deployment by another. */
export function buildIncident(blamed: number | null, fix: number, [from, to]: readonly [string, string]): Incident {
  return {
    ...{ incidentId: sampleId(fix), repositoryUuid: sampleSystem.uuid, source: 'revert' },
    ...{ createdAt: Date.parse(from), resolvedAt: Date.parse(to) },
    ...{ deployId: blamed === null ? null : sampleId(blamed), fixDeployId: sampleId(fix) },
  };
}

/** Nothing was deployed, and nothing failed. */
export const noReleases: Releases = {
  listReleases: async () => ({ items: [], next: null }),
  readReleases: async () => new Map(),
  listFailures: () => ({ events: [], incidents: [] }),
  readRelease: async () => null,
};
