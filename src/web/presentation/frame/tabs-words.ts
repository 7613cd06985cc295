/** Every text of the ways between pages. */
export const tabWords = {
  label: 'Pages of Drumbeat',
  smallLabel: 'Pages of Drumbeat, as a menu',
  overview: 'Delivery performance',
  reviews: 'Changes & reviews',
  workInProgress: 'Work in progress',
  pullRequests: 'Pull requests',
  deployments: 'Deployments',
  incidents: 'Incidents',
  dataQuality: 'Data quality',
  settings: 'Settings',
  up: 'All repositories',
  firstSteps: 'Getting started',
  pages: 'Pages',
} as const;
