import { defaultBotPatterns } from '../../../../domain/reviews/find-bots';
import type { ExclusionRules } from '../../../../domain/settings/exclusion-rules';
import type { ExclusionCounts } from '../../../../reporting/corrections/corrections-report';
import { formatSeen } from '../../../presentation/forms/edit';
import { buildField } from '../../../presentation/forms/field-view';
import { readTyped, buildStoredNow, type TypedForm } from '../../../presentation/forms/form-action';
import {
  buildPeopleChoice,
  formatPersonName,
  sortChoices,
  type KnownPerson,
} from '../../../presentation/forms/people-choice';
import type { Choice } from '../../../presentation/filter/filter-view';
import { exclusionsForm, normalizeExclusions, readExclusionFields, buildExclusionFields } from './exclusions-form';
import { exclusionWords as words } from './words';

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
      summary: words.people(fields.people.length),
      error: problems['person'] ?? null,
    },
    bots: buildField(exclusionsForm, problems, {
      name: 'bots',
      label: words.bots,
      value: fields.bots,
      rows: 4,
      hint: words.botsHint(defaultBotPatterns),
    }),
    repositories: {
      choices: buildRepositoryChoices(systems, fields.repositories),
      summary: words.repositories(fields.repositories.length),
      error: problems['repository'] ?? null,
    },
    stored: buildStoredNow(typed, material, buildStoredWords),
    sentence: tried === null ? words.counts.stored : words.counts.tried,
    rows: toRows(material.counts, tried),
    isPreview: tried !== null,
  };
}

/** A repository left out that is gone stays on the list, or saving would drop it unasked. */
function buildRepositoryChoices(systems: ExclusionsMaterial['systems'], chosen: readonly string[]): Choice[] {
  const gone = chosen.filter((uuid) => !systems.some((system) => system.uuid === uuid));
  const all = [...systems, ...gone.map((uuid) => ({ uuid, name: uuid }))];
  return sortChoices(all.map(({ uuid, name }) => ({ value: uuid, text: name, isChosen: chosen.includes(uuid) })));
}

function buildStoredWords({ rules, people, systems }: ExclusionsMaterial): string[] {
  const toSystem = (uuid: string) => systems.find((system) => system.uuid === uuid)?.name ?? uuid;
  return [
    words.stored.people(rules.people.map((uuid) => formatPersonName(uuid, people))),
    words.stored.bots(rules.bots),
    words.stored.repositories(rules.repositories.map(toSystem)),
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
      rule: words.counts.person(toName(uuid, displayName ?? uuid)),
      text: words.counts.ofPerson(pullRequests, activities),
    })),
    ...bots.map(({ pattern, accounts, activities }) => ({
      rule: words.counts.botsNamed(pattern),
      text: formatAccounts(accounts, activities),
    })),
    { rule: words.counts.botsByType, text: formatAccounts(botsByType.accounts, botsByType.activities) },
    ...repositories.map(({ name, pullRequests, deployments }) => ({
      rule: words.counts.repository(name),
      text: words.counts.ofRepository(pullRequests, deployments),
    })),
  ];
}

const mostNames = 5;

function formatAccounts(accounts: readonly string[], activities: number): string {
  return accounts.length === 0
    ? words.counts.nobody
    : words.counts.accounts(accounts.slice(0, mostNames), Math.max(0, accounts.length - mostNames), activities);
}
