import type { Correction } from '../../domain/corrections/correction';
import { formatDeployId, parseDeployId } from '../../domain/deployments/deploy-id';
import { parseDeployed } from '../../domain/deployments/strategies/all-strategies';
import { namePerson } from '../version/named-person';
import type { SystemDirectory } from '../version/system-directory';
import type { WholeVersion, WorkspaceVersion } from '../version/workspace-version';
import type { CorrectionItem, NoteItem } from './corrections-report';

/** The corrections with the names that people know their parts by, newest first, undone ones too. */
export function listCorrections(version: WholeVersion): readonly CorrectionItem[] {
  const { systems, known } = version;
  return known.corrections.map((correction) => {
    const subject = parseDeployId(correction.subject);
    return {
      ...correction,
      subjectName: toName(correction.subject, systems),
      targetName: correction.target === null ? null : toName(correction.target, systems),
      subjectUrl: subject === null ? '' : systems.toPullRequestUrl(subject.repositoryUuid, subject.number),
      madeBy: namePerson(correction.madeBy, known.people),
      undoneBy: namePerson(correction.undoneBy, known.people),
      hasEffect: hasEffect(correction, version),
    };
  });
}

/** By date, newest first. */
export function listNotes({ notes, known }: WorkspaceVersion): readonly NoteItem[] {
  return notes.map((note) => ({
    ...note,
    madeBy: namePerson(note.madeBy, known.people),
    editedBy: namePerson(note.editedBy, known.people),
  }));
}

/** A correction may also speak of a pull request that is still open. */
function hasEffect({ id, kind, subject, undoneAt }: Correction, { known, open }: WholeVersion): boolean {
  const isOfOpen = () => open.some((one) => formatDeployId(one) === subject);
  return known.effective.has(id) || (undoneAt === null && kind === 'leave_out_pull_request' && isOfOpen());
}

/** "Checkout #12"; text of another form as it is. */
export function toName(id: string, systems: SystemDirectory): string {
  const deployed = parseDeployed(id);
  return deployed === null ? id : `${systems.toName(deployed.repositoryUuid).name} ${deployed.name}`;
}
