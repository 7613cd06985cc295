import { choicesForViewersWithoutRights } from '../../domain/settings/workspace-settings';
import { z } from 'zod';
import { count, system, table, uuid, type Answer } from './parts';

/** What can be filtered by (docs/contract.md, 4.2). */
export const systemChoice = system.extend({ url: z.string() });
export type SystemItem = Answer<typeof systemChoice>;
export type SystemName = Answer<typeof system>;

export const teamChoice = z.object({
  slug: z.string(),
  name: z.string(),
  source: z.enum(['group', 'manual']),
  members: count.nullable().meta({
    description: 'How many people belong to it now; null for the session of a page of a repository.',
  }),
  deleted: z.boolean(),
});
export type TeamItem = Answer<typeof teamChoice>;

/** The settings of a workspace. */
export const settingsReport = z.object({
  timezone: z.string().meta({ description: 'IANA name.' }),
  levels: table,
  incident_rules: z.object({
    revert: z.boolean(),
    branch_prefixes: z.array(z.string()),
    title_prefixes: z.array(z.string()),
  }),
  exclusions: z.object({
    people: z.array(uuid),
    bots: z.array(z.string()).meta({ description: 'Patterns of display names.' }),
    repositories: z.array(uuid),
  }),
  viewers_without_rights: z
    .enum(choicesForViewersWithoutRights)
    .meta({ description: 'What viewers see of whom Bitbucket does not tell what they may see.' }),
});
export type SettingsReport = Answer<typeof settingsReport>;
