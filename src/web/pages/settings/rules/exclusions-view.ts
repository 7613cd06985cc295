import { defaultBotPatterns } from '../../../../domain/reviews/find-bots';
import type { ExclusionRules } from '../../../../domain/settings/exclusion-rules';
import type { ExclusionCounts } from '../../../../reporting/corrections/corrections-report';
import { formatSeen } from '../../../presentation/forms/edit';
import { buildField } from '../../../presentation/forms/field-view';
import { readTyped, buildStoredNow, type TypedForm } from '../../../presentation/forms/form-action';
import { buildPeopleChoice, formatPersonName, type KnownPerson } from '../../../presentation/forms/people-choice';
import type { Choice } from '../../../presentation/filter/filter-view';
import { formatCounted } from '../../../presentation/format/numbers';
import { exclusionsForm, normalizeExclusions, readExclusionFields, buildExclusionFields } from './exclusions-form';

interface ExclusionsMaterial {
  readonly rules: ExclusionRules;
  readonly typed: TypedForm | null;
  readonly people: readonly KnownPerson[];
  readonly systems: readonly { readonly uuid: string; readonly name: string }[];
  readonly counts: ExclusionCounts;
  /** What the typed rules would leave out; `null` unless that was asked. */
  readonly tried: ExclusionCounts | null;
}

export function buildExclusionsView(material: ExclusionsMaterial) {
  const { rules, typed, people, systems, tried } = material;
  const fields = typed === null ? buildExclusionFields(rules) : readExclusionFields(typed.parameters);
  const problems = typed?.problems ?? {};
  return {
    seen: formatSeen(normalizeExclusions(rules)),
    people: {
      ...buildPeopleChoice(people, fields.people, readTyped(typed, 'find_person')),
      summary: formatCounted(fields.people.length, 'person', 'people'),
      error: problems['person'] ?? null,
    },
    bots: buildField(exclusionsForm, problems, {
      name: 'bots',
      label: 'Bots, by their names',
      value: fields.bots,
      rows: 4,
      hint: `One pattern a line, * for any text; large and small letters are the same. By default: ${defaultBotPatterns.join('  ')}`,
    }),
    repositories: {
      choices: buildRepositoryChoices(systems, fields.repositories),
      summary: formatCounted(fields.repositories.length, 'repository', 'repositories'),
      error: problems['repository'] ?? null,
    },
    stored: buildStoredNow(typed, material, buildStoredWords),
    sentence:
      tried === null
        ? 'What the stored rules leave out of all history:'
        : 'What the stored rules leave out of all history, and what the typed ones would. Nothing is saved yet.',
    rows: toRows(material.counts, tried),
    isPreview: tried !== null,
  };
}

/** A repository left out that is gone stays on the list, or saving would drop it unasked. */
function buildRepositoryChoices(systems: ExclusionsMaterial['systems'], chosen: readonly string[]): Choice[] {
  const gone = chosen.filter((uuid) => !systems.some((system) => system.uuid === uuid));
  return [...systems, ...gone.map((uuid) => ({ uuid, name: uuid }))].map(({ uuid, name }) => ({
    value: uuid,
    text: name,
    isChosen: chosen.includes(uuid),
  }));
}

function buildStoredWords({ rules, people, systems }: ExclusionsMaterial): string[] {
  const toList = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '));
  const toSystem = (uuid: string) => systems.find((system) => system.uuid === uuid)?.name ?? uuid;
  return [
    `People: ${toList(rules.people.map((uuid) => formatPersonName(uuid, people)))}`,
    `Bots: ${toList(rules.bots)}`,
    `Repositories: ${toList(rules.repositories.map(toSystem))}`,
  ];
}

/** Each rule and what it leaves out of all history; `null`: that side has no such rule. */
function toRows(counts: ExclusionCounts, tried: ExclusionCounts | null) {
  const [before, after] = [buildEntries(counts), tried === null ? [] : buildEntries(tried)];
  const rules = [...new Set([...before, ...after].map(({ rule }) => rule))];
  const find = (entries: ReturnType<typeof buildEntries>, rule: string) =>
    entries.find((entry) => entry.rule === rule)?.text ?? null;
  return rules.map((rule) => ({ rule, stored: find(before, rule), tried: find(after, rule) }));
}

/** Two people may have one name: then both are told apart by their uuid. */
function buildEntries({ people, bots, botsByType, repositories }: ExclusionCounts) {
  const names = people.map(({ uuid, displayName }) => displayName ?? uuid);
  const toName = (uuid: string, name: string) =>
    names.filter((one) => one === name).length > 1 ? `${name} ${uuid}` : name;
  return [
    ...people.map(({ uuid, displayName, pullRequests, activities }) => ({
      rule: `Person: ${toName(uuid, displayName ?? uuid)}`,
      text: `${formatCounted(pullRequests, 'pull request')}, ${toActivities(activities)}`,
    })),
    ...bots.map(({ pattern, accounts, activities }) => ({
      rule: `Bots named ${pattern}`,
      text: formatAccounts(accounts, activities),
    })),
    { rule: 'Accounts that are no people', text: formatAccounts(botsByType.accounts, botsByType.activities) },
    ...repositories.map(({ name, pullRequests, deployments }) => ({
      rule: `Repository: ${name}`,
      text: `${formatCounted(pullRequests, 'pull request')}, ${formatCounted(deployments, 'deployment')}`,
    })),
  ];
}

const mostNames = 5;

function formatAccounts(accounts: readonly string[], activities: number): string {
  if (accounts.length === 0) {
    return 'nobody';
  }
  const more = accounts.length > mostNames ? ` and ${accounts.length - mostNames} more` : '';
  return `${accounts.slice(0, mostNames).join(', ')}${more}: ${toActivities(activities)}`;
}

function toActivities(activities: number): string {
  return formatCounted(activities, 'review or comment', 'reviews and comments');
}
