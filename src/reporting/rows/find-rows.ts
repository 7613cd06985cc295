import { formatDeployId } from '../../domain/deployments/deploy-id';
import type { Instant } from '../../domain/instant';
import type { Person } from '../../domain/people/person';
import type { PullRequestWords } from '../../store/pull-requests/find-words';
import type { WorkspaceVersion } from '../version/workspace-version';

/** So many of the newest rows are looked through at most: under half a second of a thread that nobody else waits for. */
export const mostSearched = 100_000;
/** So many are found at most: nobody looks through more. */
const mostFound = 20_000;
/** So many people are asked for whose name holds the text. */
const mostAuthors = 500;

type Searching = Pick<WorkspaceVersion, 'merges' | 'known'>;

/** Ids of the merged pull requests of a span whose title, number, author, issue key or branch holds a text. */
export async function findMergedIds(
  { merges, known }: Searching,
  text: string,
  span: { readonly startAt: Instant; readonly endAt: Instant },
): Promise<ReadonlySet<string>> {
  const holds = createHolds(text, known.people);
  const authors = [...known.people.values()].filter(holds.isAuthor).slice(0, mostAuthors);
  const found = await merges.findWords({
    ...span,
    text,
    number: holds.number,
    authors: authors.map(({ uuid }) => uuid),
    limit: mostFound,
  });
  return new Set(found.filter(holds.isOf).map(formatDeployId));
}

type Words = Omit<PullRequestWords, 'repositoryUuid' | 'sourceBranch'> &
  Partial<Pick<PullRequestWords, 'sourceBranch'>>;

/** Whether a pull request or a person has a text among its words, whatever the case of letters. */
export function createHolds(text: string, people: ReadonlyMap<string, Person>) {
  const wanted = text.toLowerCase();
  const digits = /^#?([1-9]\d{0,8})$/u.exec(text)?.[1];
  const number = digits === undefined ? null : Number(digits);
  const has = (words: string | null | undefined) => words?.toLowerCase().includes(wanted) === true;
  const isAuthor = ({ displayName }: Pick<Person, 'displayName'>) => has(displayName);
  return {
    number,
    isAuthor,
    isOf: ({ title, sourceBranch, authorUuid, number: own }: Words): boolean =>
      own === number ||
      has(title) ||
      has(sourceBranch) ||
      isAuthor(people.get(authorUuid ?? '') ?? { displayName: null }),
  };
}
