import { z } from 'zod';
import type { ExclusionRules } from '../../domain/settings/exclusion-rules';
import { findPatternProblem, mostBotPatterns } from '../../domain/reviews/find-bots';
import type { SettingsReport } from '../../reporting/answers/choices';
import type { QueryProblem } from '../../reporting/filter/delivery-filter';

const mostExclusions = 1_000;

const most = (count: number, what: string) => `There can be at most ${count} ${what}.`;
const pattern = z
  .string()
  .superRefine((text, context) => {
    const problem = findPatternProblem(text);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  })
  .meta({ maxLength: 100, description: 'Of display names, `*` for any text: such accounts are bots.' });

/** Patterns are compared without regard to case: one that differs in case alone is there already. */
export const exclusionsForm = z.strictObject({
  people: z.array(z.string()).max(mostExclusions, most(mostExclusions, 'people')).optional(),
  bots: z
    .array(pattern)
    .max(mostBotPatterns, most(mostBotPatterns, 'patterns'))
    .transform((patterns) => [...new Map(patterns.map((text) => [text.toLowerCase(), text])).values()])
    .optional(),
  repositories: z.array(z.string()).max(mostExclusions, most(mostExclusions, 'repositories')).optional(),
});

/** Who and what can be left out; what is left out already can stay so, whatever became of it. */
export interface KnownToExclude {
  readonly before: Pick<SettingsReport, 'exclusions'>;
  readonly people: readonly { readonly uuid: string }[];
  readonly systems: readonly { readonly uuid: string }[];
}

/** The rules after a change that names only what is to be different; every uuid that is not known is named. */
export function changeExclusions(
  change: z.infer<typeof exclusionsForm>,
  { before: { exclusions: before }, people, systems }: KnownToExclude,
): { readonly exclusions: ExclusionRules } | { readonly problems: readonly QueryProblem[] } {
  const foundPeople = resolve(change.people ?? before.people, [...before.people, ...buildUuids(people)]);
  const foundSystems = resolve(change.repositories ?? before.repositories, [
    ...before.repositories,
    ...buildUuids(systems),
  ]);
  const problems = [
    ...buildProblems(foundPeople.unknown, { field: 'people', what: 'person' }),
    ...buildProblems(foundSystems.unknown, { field: 'repositories', what: 'repository' }),
  ];
  const { found } = foundPeople;
  return problems.length > 0
    ? { problems }
    : { exclusions: { people: found, bots: change.bots ?? before.bots, repositories: foundSystems.found } };
}

function buildUuids(all: readonly { readonly uuid: string }[]): string[] {
  return all.map(({ uuid }) => uuid);
}

interface Unknown {
  readonly index: number;
  readonly value: string;
}

/** Each once, as it is written here; braces and case do not matter. */
function resolve(values: readonly string[], known: readonly string[]): { found: string[]; unknown: Unknown[] } {
  const byBare = new Map(known.map((uuid) => [toBare(uuid), uuid]));
  const found = new Set<string>();
  const unknown: Unknown[] = [];
  values.forEach((value, index) => {
    const uuid = byBare.get(toBare(value));
    if (uuid === undefined) unknown.push({ index, value });
    else found.add(uuid);
  });
  return { found: [...found], unknown };
}

function toBare(uuid: string): string {
  return uuid.toLowerCase().replace(/^\{(.*)\}$/u, '$1');
}

function buildProblems(unknown: readonly Unknown[], { field, what }: { field: string; what: string }): QueryProblem[] {
  return unknown.map(({ index, value }) => {
    const shown = value.slice(0, 100);
    return {
      name: `exclusions.${field}.${index}`,
      value: shown,
      message: `There is no ${what} "${shown}" in this workspace.`,
    };
  });
}
