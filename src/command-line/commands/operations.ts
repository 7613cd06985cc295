import type { Clock } from '../../domain/clock';
import type { TokenConnections } from '../../doors/access-token/token-connections';
import type { LinkWish, MadeLink, OwnWindow } from '../../doors/own-window';
import type { Instant } from '../../domain/instant';
import type { ImportStatus } from '../../ingestion/progress/import-status';
import type { ExitCode } from '../outcomes/exit-codes';
import type { Report } from '../terminal/report';
import type { Terminal } from '../terminal/terminal';

/** What a command works with: the same settings, database, key and stores as the server's. */
export interface Operations {
  readonly connections: TokenConnections;
  readonly links: Pick<OwnWindow, 'makeLink' | 'listLinks' | 'revokeLink'> & {
    makeAdministratorLink(wish: LinkWish): Promise<MadeLink>;
  };
  /** When a webhook of the workspace was last looked at; `null`: never. */
  readHookSeenAt(workspace: string): Promise<Instant | null>;
  readonly imports: {
    load(workspace: string): Promise<ImportStatus>;
    /** Work is due that no running server takes up. */
    isNeglected(): Promise<boolean>;
  };
  /** Encrypts with the key what is still encrypted with the previous one. */
  reEncrypt(): Promise<ReEncrypted | 'no previous key'>;
  /** By its short name or its UUID with braces. */
  findWorkspace(name: string): Promise<KnownWorkspace | null>;
  close(): Promise<void>;
}

/** Of secrets, how many. */
export interface ReEncrypted {
  /** Were encrypted with the previous key. */
  readonly changed: number;
  /** Are encrypted with the key. */
  readonly total: number;
  /** Are opened by neither. */
  readonly unreadable: number;
}

export interface KnownWorkspace {
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  /** By whichever way. */
  readonly isConnected: boolean;
}

export interface OpenOptions {
  /** Where there is no database yet, one is made. */
  readonly mayMakeDatabase: boolean;
  readonly isVerbose: boolean;
}

/** What the commands take from the process. */
export interface CommandNeeds {
  readonly clock: Clock;
  readonly version: string;
  /** @throws {CommandFailed} in words, for an environment or a database that cannot be used */
  open(options: OpenOptions): Promise<Operations>;
  /** Starts the server; it ends the process itself. */
  serve(options: { readonly isJson: boolean }): Promise<never>;
  /** The listener hears of Ctrl-C, which ends nothing by itself then; gives what ends that. */
  onInterrupt(listener: () => void): () => void;
  /** Ends the process. */
  exit(code: ExitCode): void;
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export interface CommandContext {
  readonly terminal: Terminal;
  readonly report: Report;
  readonly needs: CommandNeeds;
  readonly isVerbose: boolean;
}
