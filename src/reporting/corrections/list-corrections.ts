import type { Correction } from '../../domain/corrections/correction';
import type { Note } from '../../domain/corrections/note';
import { formatDeployId, parseDeployId } from '../../domain/deployments/deploy-id';
import type { OpenPullRequest } from '../../domain/pull-requests/pull-request-life';
import type { Person } from '../../domain/people/person';
import type { SystemDirectory } from '../filter/system-directory';
import type { CorrectionItem, NamedPerson, NoteItem } from './corrections-report';

type People = ReadonlyMap<string, Person>;

export interface CorrectionNames {
  readonly systems: SystemDirectory;
  readonly people: People;
  /** Ids of those that change a merge, a deployment or an incident. */
  readonly effective: ReadonlySet<string>;
  readonly open: readonly OpenPullRequest[];
}

/** The corrections with the names that people know their parts by, in the given order. */
export function toCorrectionItems(corrections: readonly Correction[], names: CorrectionNames): CorrectionItem[] {
  return corrections.map((correction) => {
    const subject = parseDeployId(correction.subject);
    return {
      ...correction,
      subjectName: toName(correction.subject, names.systems),
      targetName: correction.target === null ? null : toName(correction.target, names.systems),
      subjectUrl: subject === null ? '' : names.systems.toPullRequestUrl(subject.repositoryUuid, subject.number),
      madeBy: toNamed(correction.madeBy, names.people),
      undoneBy: toNamed(correction.undoneBy, names.people),
      hasEffect: hasEffect(correction, names),
    };
  });
}

export function toNoteItems(notes: readonly Note[], people: People): NoteItem[] {
  return notes.map((note) => ({
    ...note,
    madeBy: toNamed(note.madeBy, people),
    editedBy: toNamed(note.editedBy, people),
  }));
}

/** A correction may also speak of a pull request that is still open. */
function hasEffect({ id, kind, subject, undoneAt }: Correction, { effective, open }: CorrectionNames): boolean {
  const isOfOpen = () => open.some((one) => formatDeployId(one) === subject);
  return effective.has(id) || (undoneAt === null && kind === 'leave_out_pull_request' && isOfOpen());
}

/** "Checkout #12"; text of another form as it is. */
export function toName(id: string, systems: SystemDirectory): string {
  const parsed = parseDeployId(id);
  return parsed === null ? id : `${systems.toName(parsed.repositoryUuid).name} #${parsed.number}`;
}

function toNamed(uuid: string | null, people: People): NamedPerson | null {
  return uuid === null ? null : { uuid, displayName: people.get(uuid)?.displayName ?? null };
}
