import { anIncident, aRepositoryUuid, webUuid } from '../../../test/support/builders';
import { formatDeployId } from '../../domain/deployments/deploy-id';
import { isWithheld, withholdNames } from './withhold';

const of = (repositoryUuid: string, number = 1) => formatDeployId({ repositoryUuid, number });
/** Fixed in Drums, and linked by an administrator to a deployment of Web. */
const linked = anIncident({ deployId: of(webUuid) });

describe('An incident', () => {
  it('is told whole to those who may see both of its repositories', () => {
    for (const seen of [null, new Set([aRepositoryUuid, webUuid])]) expect(withholdNames(linked, seen)).toEqual(linked);
  });

  it('is one of the deployment alone for those who may see no more', () => {
    const told = withholdNames(linked, new Set([webUuid]));
    expect(told).toMatchObject({ repositoryUuid: webUuid, deployId: of(webUuid), fixDeployId: null });
    expect(told).toMatchObject({ createdAt: linked.createdAt, resolvedAt: linked.resolvedAt, source: linked.source });
    expect(JSON.stringify(told)).not.toContain(aRepositoryUuid);
    expect(isWithheld(told.incidentId)).toBe(true);
    expect(withholdNames(linked, new Set([webUuid])).incidentId).toBe(told.incidentId);
    expect(
      withholdNames(anIncident({ ...linked, incidentId: of(aRepositoryUuid, 9) }), new Set([webUuid])).incidentId,
    ).not.toBe(told.incidentId);
  });

  it('names no deployment of a repository that may not be seen', () => {
    const told = withholdNames(linked, new Set([aRepositoryUuid]));
    expect(told).toEqual({ ...linked, deployId: null });
    expect(isWithheld(told.incidentId)).toBe(false);
  });
});
