import { aMergedPullRequest, aRepositoryUuid, anInstant, day, deploymentsOf } from '../../../test/support/builders';
import { defaultIncidentRules } from '../incidents/incident-rules';
import { findIncidents } from '../incidents/find-incidents';
import { formatDeployId, parseDeployId } from '../deployments/deploy-id';
import { applyCorrections } from './apply-corrections';
import type { Correction } from './correction';

/** A deployment a day; 3 is a hotfix of what 2 broke. */
function aHistory() {
  return [1, 2, 3, 4].map((number) =>
    aMergedPullRequest({
      number,
      mergedAt: anInstant + number * day,
      sourceBranch: number === 3 ? 'hotfix/three' : `feature/${number}`,
      changes: [{ changeId: `${number}`, createdAt: anInstant + number * day - 1 }],
    }),
  );
}

const toId = (number: number) => formatDeployId({ repositoryUuid: aRepositoryUuid, number });

const toNumber = (id: string | null) => parseDeployId(id ?? '')?.number ?? null;

let made = 0;

function aCorrection(overrides: Partial<Correction> & Pick<Correction, 'kind' | 'subject'>): Correction {
  made += 1;
  return {
    id: `correction-${made}`,
    target: null,
    reason: 'Only a rehearsal',
    madeBy: null,
    madeAt: anInstant + made,
    undoneAt: null,
    undoneBy: null,
    ...overrides,
  };
}

function correct(...corrections: Correction[]) {
  const pullRequests = aHistory();
  const deployments = deploymentsOf(pullRequests);
  const incidents = findIncidents({ pullRequests, deployments }, defaultIncidentRules);
  const facts = { pullRequests, deployments, incidents };
  const found = applyCorrections(facts, corrections);
  return {
    pullRequests: found.pullRequests.map(({ number }) => number),
    deployments: found.deployments.map(({ deployId }) => toNumber(deployId)),
    incidents: found.incidents.map(({ fixDeployId, deployId }) => [toNumber(fixDeployId), toNumber(deployId)]),
    hasEffect: corrections.map(({ id }) => found.effective.has(id)),
  };
}

const untouched = { pullRequests: [1, 2, 3, 4], deployments: [1, 2, 3, 4], incidents: [[3, 2]] };

describe('what administrators put right', () => {
  it('leaves everything as it is without corrections', () => {
    expect(correct()).toEqual({ ...untouched, hasEffect: [] });
  });

  it('leaves a pull request out everywhere, and the incident that blamed it is unlinked', () => {
    expect(correct(aCorrection({ kind: 'leave_out_pull_request', subject: toId(2) }))).toEqual({
      pullRequests: [1, 3, 4],
      deployments: [1, 3, 4],
      incidents: [[3, null]],
      hasEffect: [true],
    });
  });

  it('leaves out the incident that a pull request left out proves', () => {
    expect(correct(aCorrection({ kind: 'leave_out_pull_request', subject: toId(3) }))).toMatchObject({
      pullRequests: [1, 2, 4],
      incidents: [],
    });
  });

  it('leaves a deployment out, but keeps its pull request, and unlinks the incident that blamed it', () => {
    expect(correct(aCorrection({ kind: 'leave_out_deployment', subject: toId(2) }))).toEqual({
      pullRequests: [1, 2, 3, 4],
      deployments: [1, 3, 4],
      incidents: [[3, null]],
      hasEffect: [true],
    });
  });

  it('keeps the incident that a deployment left out proves', () => {
    const found = correct(aCorrection({ kind: 'leave_out_deployment', subject: toId(3) }));
    expect(found).toMatchObject({ deployments: [1, 2, 4], incidents: [[3, 2]] });
  });

  it('leaves out one incident and nothing else', () => {
    const found = correct(aCorrection({ kind: 'leave_out_incident', subject: toId(3) }));
    expect(found).toEqual({ ...untouched, incidents: [], hasEffect: [true] });
  });

  it('blames another deployment', () => {
    const found = correct(aCorrection({ kind: 'link_incident', subject: toId(3), target: toId(1) }));
    expect(found).toEqual({ ...untouched, incidents: [[3, 1]], hasEffect: [true] });
  });

  it('unlinks an incident that is linked to a deployment left out', () => {
    const found = correct(
      aCorrection({ kind: 'link_incident', subject: toId(3), target: toId(1) }),
      aCorrection({ kind: 'leave_out_deployment', subject: toId(1) }),
    );
    expect(found).toMatchObject({ incidents: [[3, null]], hasEffect: [true, true] });
  });

  it('takes the last of several links, in whatever order they are read', () => {
    const first = aCorrection({ kind: 'link_incident', subject: toId(3), target: toId(1) });
    const second = aCorrection({ kind: 'link_incident', subject: toId(3), target: toId(4) });
    expect(correct(first, second)).toMatchObject({ incidents: [[3, 4]], hasEffect: [false, true] });
    expect(correct(second, first)).toMatchObject({ incidents: [[3, 4]], hasEffect: [true, false] });
  });

  it('does nothing when undone', () => {
    const undoneAt = anInstant + day;
    expect(correct(aCorrection({ kind: 'leave_out_pull_request', subject: toId(2), undoneAt }))).toEqual({
      ...untouched,
      hasEffect: [false],
    });
  });

  it.each([
    ['a pull request', { kind: 'leave_out_pull_request', subject: toId(9) }],
    ['a deployment', { kind: 'leave_out_deployment', subject: '{gone}/pullrequests/2' }],
    ['an incident', { kind: 'leave_out_incident', subject: toId(2) }],
    ['an incident to link', { kind: 'link_incident', subject: toId(2), target: toId(1) }],
    ['a deployment to link to', { kind: 'link_incident', subject: toId(3), target: toId(9) }],
  ] as const)('tells that it has no effect without %s', (_, correction) => {
    expect(correct(aCorrection(correction))).toEqual({ ...untouched, hasEffect: [false] });
  });
});
