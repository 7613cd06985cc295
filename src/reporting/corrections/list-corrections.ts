import type { Correction } from '../../domain/corrections/correction';
import { formatDeployId, parseDeployId } from '../../domain/deployments/deploy-id';
import type { Person } from '../../domain/people/person';
import type { SystemDirectory } from '../version/system-directory';
import type { WholeVersion, WorkspaceVersion } from '../version/workspace-version';
import type { CorrectionItem, NamedPerson, NoteItem } from './corrections-report';

type People = ReadonlyMap<string, Person>;

/** The corrections with the names that people know their parts by, newest first, undone ones too. */
export function listCorrections(version: WholeVersion): CorrectionItem[] {
  const { systems, known } = version;
  return known.corrections.map((correction) => {
    const subject = parseDeployId(correction.subject);
    return {
      ...correction,
      subjectName: toName(correction.subject, systems),
      targetName: correction.target === null ? null : toName(correction.target, systems),
      subjectUrl: subject === null ? '' : systems.toPullRequestUrl(subject.repositoryUuid, subject.number),
      madeBy: toNamed(correction.madeBy, known.people),
      undoneBy: toNamed(correction.undoneBy, known.people),
      hasEffect: hasEffect(correction, version),
    };
  });
}

/** By date, newest first. */
export function listNotes({ notes, known }: WorkspaceVersion): NoteItem[] {
  return notes.map((note) => ({
    ...note,
    madeBy: toNamed(note.madeBy, known.people),
    editedBy: toNamed(note.editedBy, known.people),
  }));
}

/** A correction may also speak of a pull request that is still open. */
function hasEffect({ id, kind, subject, undoneAt }: Correction, { known, open }: WholeVersion): boolean {
  const isOfOpen = () => open.some((one) => formatDeployId(one) === subject);
  return known.corrected.effective.has(id) || (undoneAt === null && kind === 'leave_out_pull_request' && isOfOpen());
}

/** "Checkout #12"; text of another form as it is. */
export function toName(id: string, systems: SystemDirectory): string {
  const parsed = parseDeployId(id);
  return parsed === null ? id : `${systems.toName(parsed.repositoryUuid).name} #${parsed.number}`;
}

function toNamed(uuid: string | null, people: People): NamedPerson | null {
  return uuid === null ? null : { uuid, displayName: people.get(uuid)?.displayName ?? null };
}
