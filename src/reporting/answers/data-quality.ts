import { z } from 'zod';
import { completeness, count, range, system, time, undatedMerges, workspace, type Answer } from './parts';

/** `known` and the reasons why the others are not; together they are all deployments. */
const commits = z.object({
  known: count,
  not_read_yet: count.meta({ description: 'Their commits are still to be read.' }),
  refused: count.meta({
    description: 'Bitbucket refused to list their commits, or gave an answer that cannot be read.',
  }),
  not_listed: count.meta({
    description: 'Bitbucket listed no commits any more when they were read: the branch was gone or rewritten by then.',
  }),
});

/** `GET /api/v1/metrics/data-quality` (docs/contract.md, 4.6): how much of what the numbers are made of is known. */
export const dataQualityReport = z.object({
  workspace,
  range,
  deployments: count,
  commits,
  merged: count.meta({ description: 'Pull requests merged in the range, to any branch.' }),
  undated_merges: undatedMerges,
  sizes: z.object({ known: count, unknown: count }),
  teams: z.object({
    as_of_merge: count,
    as_of_import: count.meta({ description: 'Deployments that count for the teams of the day of the import.' }),
    groups_read_at: time.nullable(),
    groups_problem: z.string().nullable(),
  }),
  deployments_from_merges: count.meta({
    description: 'Deployments that a merge into the default branch is taken for.',
  }),
  corrections: count.meta({ description: 'In force, of the chosen repositories and of all days.' }),
  last_notice_at: time.nullable(),
  repaired_in_30_days: count
    .nullable()
    .meta({ description: 'Pull requests put right without a notice; null for those who do not see all repositories.' }),
  systems: z.array(z.object({ ...system.shape, deployments: count, unknown_commits: count })),
  completeness,
});
export type DataQualityReport = Answer<typeof dataQualityReport>;
