/** Every text of the section "Deployments". */
export const deploymentsWords = {
  intro:
    'Drumbeat takes every pull request merged into the default branch for a deployment. That is an estimate: when a merge reaches production is not known from it.',
  none: 'No repository is known yet. The list fills with the import.',
  table: {
    caption: 'What counts as a deployment in each repository',
    repository: 'Repository',
    counts: 'What counts',
    basis: 'Basis',
    pages: 'Pages of the repositories',
  },
  merges: 'Merged pull requests',
  estimate: 'Estimate',
} as const;
