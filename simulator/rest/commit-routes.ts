import { presentCommit } from '../present/commit';
import { fullNameOf } from '../present/repository';
import { resolveRevision, walkCommits } from '../world/commit-graph';
import { commitsOf, sumSizes } from '../world/merge-pull-request';
import { findPlace, ok, type Call, type Reply, type Route } from './call';
import { Refusal } from './refusal';
import { replyCursorPage, replyPage } from './paging';
import type { Json } from '../present/account';
import type { Place } from '../present/commit';
import type { Commit, Repository, Size } from '../world/model';

const base = '2.0/repositories/:workspace/:repository';

/** Lists of commits take their parameters from a form as well. */
const askedByForm = ['GET', 'HEAD', 'POST'];

export const commitRoutes: readonly Route[] = [
  { template: `${base}/commits`, methods: askedByForm, needs: 'repository', answer: (call) => listCommits(call, []) },
  {
    template: `${base}/commits/*`,
    methods: askedByForm,
    needs: 'repository',
    answer: (call) => listCommits(call, [call.params['*'] ?? '']),
  },
  { template: `${base}/commit/:hash`, needs: 'repository', answer: showCommit },
  { template: `${base}/diffstat/*`, needs: 'repository', answer: listDiffstat },
];

function findCommitOrRefuse(repository: Repository, revision: string): Commit {
  const commit = resolveRevision(repository, revision);
  if (commit === null) {
    throw new Refusal(404, 'Commit not found', { data: { shas: [revision] } });
  }
  return commit;
}

function showCommit(call: Call): Reply {
  const place = findPlace(call);
  return ok(presentCommit(place, findCommitOrRefuse(place.repository, call.params['hash'] ?? '')));
}

/** Children before parents and newest first, or by date; without anything to include, all branches. */
function listCommits(call: Call, revisions: readonly string[]): Reply {
  const place = findPlace(call);
  const { repository } = place;
  const toHash = (revision: string): string => findCommitOrRefuse(repository, revision).hash;
  const named = [...revisions, ...call.query.getAll('include')];
  const include = named.length === 0 ? [...repository.branches.values()] : named.map(toHash);
  const exclude = call.query.getAll('exclude').map(toHash);
  const isByDate = place.workspace.habits.commitOrder === 'by date';
  const items = (): Commit[] => {
    const commits = walkCommits(repository, { include, exclude });
    return isByDate ? commits.sort((one, other) => other.authoredAt - one.authoredAt) : commits;
  };
  const present = (commit: Commit): Json => presentCommit(place, commit);
  return ok(replyCursorPage(call, { items, present, defaultLength: 30, parameter: 'page' }));
}

/** `ws/repo:source%0Ddestination?from_pullrequest_id=7`, `source..destination` or a single commit. */
function listDiffstat(call: Call): Reply {
  const place = findPlace(call);
  const size = measure(call, place.repository);
  const items = toFiles(place, call.params['*'] ?? '', size);
  return ok(replyPage(call, { items, present: (file) => file, defaultLength: 500, maxLength: 5000 }));
}

function measure(call: Call, repository: Repository): Size {
  const [source, destination] = readSpec(call.params['*'] ?? '');
  const pullRequest = repository.pullRequests.get(Number(call.query.get('from_pullrequest_id') ?? 'NaN'));
  if (pullRequest !== undefined) {
    if (!pullRequest.source.hash.startsWith(source) || source.length < 12) {
      throw new Refusal(404, 'Commit not found', { data: { shas: [source] } });
    }
    return sumSizes(commitsOf(repository, pullRequest));
  }
  const head = findCommitOrRefuse(repository, source);
  if (destination === null) {
    return head.size;
  }
  const exclude = [findCommitOrRefuse(repository, destination).hash];
  return sumSizes(walkCommits(repository, { include: [head.hash], exclude }));
}

/** The source, and what it is compared with. */
function readSpec(spec: string): [source: string, destination: string | null] {
  const afterName = spec.includes(':') ? spec.slice(spec.lastIndexOf(':') + 1) : spec;
  const [source = '', destination] = afterName.split(/\r|\.\./u);
  return [source, destination ?? null];
}

/** As many files as the size says; an added file has no old path. */
function toFiles(place: Place, spec: string, size: Size): Json[] {
  const [source] = readSpec(spec);
  const fullName = fullNameOf(place.workspace, place.repository);
  return Array.from({ length: size.files }, (_, index) => {
    const path = `src/part-${index + 1}.ts`;
    const file = {
      type: 'commit_file',
      path,
      escaped_path: path,
      links: { self: { href: `${place.addresses.base}/2.0/repositories/${fullName}/src/${source}/${path}` } },
    };
    return {
      type: 'diffstat',
      status: index % 3 === 2 ? 'added' : 'modified',
      lines_added: share(size.linesAdded, size.files, index),
      lines_removed: share(size.linesRemoved, size.files, index),
      old: index % 3 === 2 ? null : file,
      new: file,
    };
  });
}

/** An even share of the lines; the first file takes what is left over. */
function share(lines: number, files: number, index: number): number {
  const each = Math.floor(lines / files);
  return index === 0 ? lines - each * (files - 1) : each;
}
