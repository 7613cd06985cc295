import { z } from 'zod';
import { deploymentSources } from '../../domain/deployments/strategies/all-strategies';
import { incidentSources } from '../../domain/incidents/incident';
import { system, time, type Answer } from './parts';

/** A deployment as lists show it (docs/contract.md, 4.2). The order of the members is that of the columns of its CSV. */
export const deployment = z.object({
  deploy_id: z.string(),
  system,
  time_created: time,
  changes: z.array(z.object({ change_id: z.string(), time_created: time })),
  teams: z.array(z.string()).meta({ description: 'Slugs.' }),
  teams_as_of: z.enum(['merge', 'import']),
  source: z.enum(deploymentSources),
  complete: z.boolean().meta({ description: 'False: its changes could not be read as they were merged.' }),
  url: z.string(),
});
export type DeploymentItem = Answer<typeof deployment>;

/** An incident as lists show it (docs/contract.md, 4.2). `deploy_id`: the deployment it is blamed on. */
export const incident = z.object({
  incident_id: z.string(),
  system,
  time_created: time,
  time_resolved: time.nullable(),
  source: z.enum(incidentSources),
  deploy_id: z.string().nullable(),
  fix_deploy_id: z.string().nullable(),
  url: z.string(),
});
export type IncidentItem = Answer<typeof incident>;
