import type { z } from 'zod';
import { lookUp } from '../../domain/look-up';
import { systemChoice, teamChoice, type SystemName } from '../answers/choices';
import type { Answer } from '../answers/parts';
import { mergedPullRequest, openPullRequest, undatedMerge, type MergedPullRequestItem } from '../answers/pull-requests';
import { deployment, incident, type DeploymentItem } from '../answers/rows';
import { formatCsv, type Cell } from './csv';

/** How a member that is more than one cell, or a list, is written. */
interface Expansion<Value> {
  readonly columns: readonly string[];
  readonly toCells: (value: Value) => readonly Cell[];
}

const system: Expansion<SystemName> = {
  columns: ['system_uuid', 'system_slug', 'system_name'],
  toCells: ({ uuid, slug, name }) => [uuid, slug, name],
};
const author: Expansion<MergedPullRequestItem['author']> = {
  columns: ['author_uuid', 'author_name'],
  toCells: (person) => [person?.uuid, person?.display_name],
};
/** Changes are given twice: how many, and each with its author date as `<hash>@<time>`. */
const changes: Expansion<DeploymentItem['changes']> = {
  columns: ['change_count', 'changes'],
  toCells: (all) => [all.length, all.map((change) => `${change.change_id}@${change.time_created}`).join(' ')],
};
const teams: Expansion<DeploymentItem['teams']> = { columns: ['teams'], toCells: (slugs) => [slugs.join(' ')] };
const expansions: Readonly<Record<string, Expansion<never>>> = { system, author, changes, teams };

export const toDeploymentsCsv = createCsv(deployment);
export const toIncidentsCsv = createCsv(incident);
export const toMergedPullRequestsCsv = createCsv(mergedPullRequest);
export const toOpenPullRequestsCsv = createCsv(openPullRequest);
export const toUndatedMergesCsv = createCsv(undatedMerge);
export const toSystemsCsv = createCsv(systemChoice);
export const toTeamsCsv = createCsv(teamChoice);

/** Some rows of a list as CSV; `isContinued`: they follow others, without a header. */
export type ToCsv<Item> = (items: readonly Item[], options?: { readonly isContinued?: boolean }) => string;

/** The rows of a list: a column a member of its description, in that order. */
export function createCsv<Item extends z.ZodObject>(item: Item): ToCsv<Answer<Item>> {
  const names = Object.keys(item.shape);
  const columns = names.flatMap((name) => lookUp(expansions, name)?.columns ?? name);
  return (items, options) =>
    formatCsv(
      columns,
      items.map((row) => {
        const members = row as Readonly<Record<string, unknown>>;
        return names.flatMap((name) => toCells(name, lookUp(members, name)));
      }),
      options,
    );
}

/** A member that is not expanded is a cell as it is. */
function toCells(name: string, value: unknown): readonly Cell[] {
  return lookUp(expansions, name)?.toCells(value as never) ?? [value as Cell];
}
