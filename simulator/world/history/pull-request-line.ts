import { z } from 'zod';

const commitLine = z.object({
  hash: z.string(),
  author_name: z.string(),
  author_id: z.string(),
  author_date: z.string(),
  committer_date: z.string(),
  merge: z.boolean(),
  subject: z.string(),
});

/** What a line of a history file holds. */
export const pullRequestLine = z.object({
  pr: z.number(),
  source_branch: z.string(),
  merge_commit: z.string(),
  parents: z.number(),
  merged_at: z.string(),
  pr_author_name: z.string(),
  pr_author_id: z.string(),
  merged_by_name: z.string(),
  approved_by: z.array(z.string()),
  title_or_description: z.string(),
  commits: z.array(commitLine),
});

/** One real merged pull request, as a line of the file tells it. */
export type PullRequestLine = z.infer<typeof pullRequestLine>;
