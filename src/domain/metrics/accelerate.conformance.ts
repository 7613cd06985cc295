import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { prepareBothDeliveries } from '../../../test/support/facts/both-deliveries';
import { drawQuestions } from '../../../test/support/naive/questions';
import { sharedFolder } from '../../../test/support/shared-folder';
import type { MergedPullRequest } from '../pull-requests/pull-request';

/*
 * Every number of the report on real history against the second calculation of test/support/naive. The real pull requests
 * are spread over three systems and four teams, so that filters have something to filter.
 */

const systems = ['{app}', '{web}', '{api}'];
const teams = ['red', 'blue', 'green', 'grey'];
const rules = { branchPrefixes: ['hotfix', 'VSCODE-1'], titlePrefixes: ['fix'] };

interface Line {
  pr: number;
  source_branch: string;
  title_or_description: string | null;
  merged_at: string;
  pr_author_id: string;
  commits: { hash: string; author_date: string }[];
}

function readHistory(): MergedPullRequest[] {
  const text = readFileSync(path.join(sharedFolder, 'history/merged-pull-requests-2018-2019.ndjson'), 'utf8');
  const byNumber = new Map<string, MergedPullRequest>();
  for (const row of text.split('\n').filter((one) => one !== '')) {
    const line = JSON.parse(row) as Line;
    const pullRequest = toMerged(line);
    const known = byNumber.get(`${pullRequest.repositoryUuid}${line.pr}`);
    if (known === undefined || known.mergedAt < pullRequest.mergedAt) {
      byNumber.set(`${pullRequest.repositoryUuid}${line.pr}`, pullRequest);
    }
  }
  return [...byNumber.values()];
}

/** The history does not tell the branches: a few are taken for merges into another. */
const isDeployment = (number: number): boolean => number % 11 !== 0;

function toMerged(line: Line): MergedPullRequest {
  const author = Number.parseInt(line.pr_author_id.slice(0, 6), 16);
  return {
    repositoryUuid: systems[Math.floor(line.pr / 60) % systems.length] ?? '',
    number: line.pr,
    title: line.title_or_description ?? '',
    sourceBranch: line.source_branch,
    openedAt: Date.parse(line.merged_at) - 3_600_000,
    mergedAt: Date.parse(line.merged_at),
    destinationBranch: isDeployment(line.pr) ? 'main' : 'release',
    defaultBranchAtMerge: 'main',
    changes: line.commits.map((commit) => ({ changeId: commit.hash, createdAt: Date.parse(commit.author_date) })),
    isComplete: line.commits.length > 0,
    teams: teams.filter((_, index) => ((author >> index) & 1) === 1),
    teamsAsOf: 'import',
    authorUuid: line.pr_author_id,
  };
}

it('every number of the report on real history equals a second, naive calculation', () => {
  const history = readHistory();
  expect(history.length).toBeGreaterThan(500);
  const answerBoth = prepareBothDeliveries(history, rules);
  const ask = { after: '2018-10-01', first: { min: 0, max: 420 }, mostDays: 420 };
  fc.assert(
    fc.property(drawQuestions({ ...ask, systems, teams }), (question) => {
      const { found, expected } = answerBoth(question);
      expect(found).toEqual(expected);
    }),
    { numRuns: 200, seed: 20_261_122 },
  );
});
