import type { ConnectResult } from '../../doors/access-token/connect-workspace';
import type { ExitName } from '../outcomes/exit-codes';
import type { Terminal } from '../terminal/terminal';
import type { KnownWorkspace } from './operations';
import type { WatchedImport } from './watch-import';

type Named = Pick<KnownWorkspace, 'slug' | 'name'>;

/** That it is connected, and how Bitbucket tells what happens. */
export function tellHook(terminal: Terminal, { outcome, hook }: ConnectResult, { name }: Named): void {
  terminal.tell(outcome === 'rotated' ? `${name} has a new token.` : `${name} is connected.`);
  if (hook === null) return;
  terminal.tell(hook.sentence);
  if (hook.wayOut !== null) terminal.tell(`→ ${hook.wayOut}`);
}

/** How the import stands, and the next step. */
export function tellImport(terminal: Terminal, watched: WatchedImport | null, { slug }: Named): ExitName {
  switch (watched?.how) {
    case 'interrupted':
      terminal.tell('The import goes on in the server. How far it is: drumbeat status');
      return 'interrupted';
    case 'neglected':
      terminal.tell(
        'No server takes the import up: work that is due stays where it is. Start the server: drumbeat serve',
      );
      return 'done';
    case 'over':
      return tellEnd(terminal, watched, slug);
    default:
      terminal.tell(
        'The server does the import; where none runs, start it: drumbeat serve. How far it is: drumbeat status',
      );
      return 'done';
  }
}

function tellEnd(terminal: Terminal, { status }: WatchedImport, slug: string): ExitName {
  const { state, repositories, pull_requests, problems } = status;
  for (const { message } of problems) terminal.tell(message);
  if (state === 'failed') {
    terminal.tell('The import has failed. Once that is put right it goes on by itself.');
    return 'failed';
  }
  const count = (number: number): string => number.toLocaleString('en-GB');
  terminal.tell(`Imported: ${count(pull_requests.done)} pull requests of ${count(repositories.done)} repositories.`);
  terminal.tell(`To let the first administrator in: drumbeat sign-in-link ${slug} --administrator`);
  return 'done';
}
