import { closeSync, openSync, writeSync } from 'node:fs';
import { findApiToken, findClientKey, referenceSecret } from './access';
import type { ReferenceMerge } from './draw-merges';
import type { ReferenceWorkspace } from './shape';

/** Characters that are written at once. */
const pieceSize = 1 << 20;

/** The reference data as NDJSON, for whoever computes independently: a line a workspace, then one for each merge of it. */
export function openRowsFile(file: string) {
  const opened = openSync(file, 'w');
  let waiting = '';
  const write = (line: object): void => {
    waiting += `${JSON.stringify(line)}\n`;
    if (waiting.length >= pieceSize) flush();
  };
  const flush = (): void => {
    writeSync(opened, waiting);
    waiting = '';
  };
  return {
    writeWorkspace: (workspace: ReferenceWorkspace): void => write(toWorkspaceLine(workspace)),
    writeMerge: (workspace: ReferenceWorkspace, merge: ReferenceMerge): void => write(toMergeLine(workspace, merge)),
    close: (): void => {
      flush();
      closeSync(opened);
    },
  };
}

function toWorkspaceLine(workspace: ReferenceWorkspace): object {
  const { uuid, slug, now, merges, repositories, people, teams } = workspace;
  const access = {
    ...{ api_token: findApiToken(workspace), client_key: findClientKey(workspace), shared_secret: referenceSecret },
  };
  return { kind: 'workspace', uuid, slug, now, merges, ...access, repositories, people, teams };
}

function toMergeLine({ uuid }: ReferenceWorkspace, merge: ReferenceMerge): object {
  return {
    ...{ kind: 'merge', workspace: uuid, repository: merge.repository.uuid, number: merge.number, title: merge.title },
    ...{ source_branch: merge.sourceBranch, destination_branch: merge.destinationBranch, author: merge.author },
    ...{ opened_at: merge.openedAt, merged_at: merge.mergedAt },
    commits: merge.commits.map(({ hash, authoredAt }) => ({ hash, authored_at: authoredAt })),
    ...{ teams: merge.teams, activities: merge.activities },
    size: { lines_added: merge.linesAdded, lines_removed: merge.linesRemoved },
  };
}
