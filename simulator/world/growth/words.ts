import type { Chance } from '../random';

const verbs = [
  'Add',
  'Fix',
  'Refactor',
  'Speed up',
  'Remove',
  'Rework',
  'Test',
  'Document',
  'Cache',
  'Validate',
  'Log',
];
const things = [
  ...['cart totals', 'login redirect', 'invoice export', 'search ranking', 'retry policy', 'address form'],
  ...['price rounding', 'session renewal', 'image sizes', 'stock levels', 'webhook parsing', 'audit trail'],
  ...['feature flags', 'error pages', 'daily report', 'queue worker', 'health checks', 'currency table'],
];
const remarks = [
  ...['Could this be a constant?', 'Nice, much clearer now.', 'What happens when the list is empty?'],
  ...[
    'Please add a test for the error path.',
    'Typo here.',
    'I would split this function.',
    'Thanks, looks good to me.',
  ],
  ...['Does this need a migration?', 'Let us talk about this tomorrow.', 'Done in the next commit.'],
];
const folders = ['src', 'src/api', 'src/model', 'src/ui', 'test', 'config', 'docs'];
const packages = ['express', 'lodash', 'react', 'typescript', 'jest', 'axios', 'webpack', 'sequelize', 'luxon'];

export function writeTitle(chance: Chance): string {
  return `${chance.pick(verbs)} ${chance.pick(things)}`;
}

export function writeBranch(title: string, kind: string, issue: number): string {
  return `${kind}/ACME-${issue}-${title.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-')}`;
}

export function writeRemark(chance: Chance): string {
  return chance.pick(remarks);
}

export function writePath(chance: Chance): string {
  return `${chance.pick(folders)}/${chance.pick(things).replaceAll(' ', '-')}.ts`;
}

export function writeDependencyUpdate(chance: Chance): { title: string; branch: string } {
  const name = chance.pick(packages);
  const version = `${chance.between(1, 9)}.${chance.between(0, 20)}.${chance.between(0, 9)}`;
  return { title: `Update dependency ${name} to ${version}`, branch: `renovate/${name}-${version}` };
}
