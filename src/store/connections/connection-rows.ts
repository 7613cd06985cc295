import { randomBytes } from 'node:crypto';
import { makeLive, type enable, type giveBack } from '../../domain/connections/live-connection';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { fromLines, toLines } from '../database/lines';
import type { Transaction } from '../database/transaction';
import type { Encrypted, Encryption } from '../encryption/encryption';
import { connections, type ConnectionRow } from '../schema/connections';
import type { Connection, ConnectionName, ConnectionStatus } from './connection';

/** What a door may say of a connection beside its secrets, now or later. */
export type ConnectionTerms = Pick<Connection, 'repositories' | 'hearing' | 'givenAt' | 'expiresAt'>;
export type NewConnection = Pick<Connection, 'workspace' | 'kind' | 'reference' | 'credentials' | 'installedAt'> &
  Partial<ConnectionTerms>;
type ConnectionKey = Pick<Connection, 'workspace' | 'kind' | 'reference'>;

/** Rows of connections, with their credentials encrypted on the way in and decrypted on the way out. */
export class ConnectionRows {
  readonly #database: Database;
  readonly #encryption: Encryption;

  constructor(database: Database, encryption: Encryption) {
    this.#database = database;
    this.#encryption = encryption;
  }

  async findByReference({ kind, reference }: ConnectionName, tx?: Transaction): Promise<ConnectionRow | null> {
    return this.#database.findOne(connections, { kind, reference }, tx);
  }

  /** A reference is that of one connection at most, whatever its kind. */
  async findAllByReference(references: readonly string[]): Promise<ConnectionRow[]> {
    return this.#database.findAmong(connections, { where: {}, field: 'reference', among: references });
  }

  /** Until the transaction ends, whoever writes connections of this workspace waits. */
  async hold(workspace: string, tx: Transaction): Promise<void> {
    await this.#database.lock(`connections of ${workspace}`, tx);
  }

  /** As `findByReference`, with the connections of its workspace held: their writers wait for each other. */
  async holdByReference(name: ConnectionName, tx: Transaction): Promise<ConnectionRow | null> {
    const found = await this.findByReference(name, tx);
    if (found === null) return null;
    await this.hold(found.workspace, tx);
    return this.findByReference(name, tx);
  }

  /** A live connection in the place of another live one; `null` when the reference is taken. */
  async insert(connection: NewConnection, tx: Transaction): Promise<Connection | null> {
    await this.hold(connection.workspace, tx);
    const { workspace, kind, reference, installedAt } = connection;
    const row = {
      ...{ workspace, kind, reference, installedAt, status: 'disabled' as const, epoch: createEpoch() },
      credentials: this.encrypt(connection.credentials, connection),
      ...{ previousCredentials: null, uninstalledAt: null, problem: null, clockAheadSeconds: null },
      ...{ ...usualTerms, ...toTermColumns(connection) },
    };
    if ((await this.#database.insert(connections, [row], { onConflict: 'keep', tx })) === 0) return null;
    await this.settle(makeLive, { workspace, kind, reference, now: installedAt }, tx);
    const saved = await this.findByReference(connection, tx);
    return saved && this.open(saved);
  }

  /**
   * Writes down what a rule makes of the connections of a workspace when one is chosen; gives what the last of those that
   * it changes is now. The workspace must be held.
   */
  async settle(
    rule: typeof makeLive | typeof enable | typeof giveBack,
    chosen: ConnectionKey & { readonly now: Instant },
    tx: Transaction,
  ): Promise<ConnectionStatus | undefined> {
    const all = await this.#database.find(connections, { where: { workspace: chosen.workspace } }, tx);
    const changed = rule(all, chosen, chosen.now);
    for (const { workspace, reference, status, epoch, uninstalledAt, problem } of changed) {
      const set = { status, epoch, uninstalledAt, problem };
      await this.#database.update(connections, { where: { workspace, reference }, set }, tx);
    }
    return changed.at(-1)?.status;
  }

  encrypt(credentials: string, row: Pick<Connection, 'workspace' | 'reference'>): Encrypted {
    return this.#encryption.encrypt(credentials, placeOfConnection(row));
  }

  open(row: ConnectionRow): Connection {
    const decrypt = (text: Encrypted): string => this.#encryption.decrypt(text, placeOfConnection(row));
    const { credentials, previousCredentials } = row;
    return {
      ...row,
      repositories: row.repositories === null ? null : fromLines(row.repositories),
      credentials: decrypt(credentials),
      previousCredentials: previousCredentials && decrypt(previousCredentials),
    };
  }
}

const usualTerms = { repositories: null, hearing: 'notices', givenAt: null, expiresAt: null } as const;

/** The columns of those that are said. */
export function toTermColumns(terms: Partial<ConnectionTerms>): Partial<Pick<ConnectionRow, keyof ConnectionTerms>> {
  const { repositories, hearing, givenAt, expiresAt } = terms;
  const said = { hearing, givenAt, expiresAt, repositories: repositories && toLines(repositories) };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

export function createEpoch(): string {
  return randomBytes(16).toString('base64url');
}

// A rotation moves the text to `previous_credentials` as it is, so both columns share a place.
export function placeOfConnection({ workspace, reference }: Pick<Connection, 'workspace' | 'reference'>): string[] {
  return ['connections', workspace, reference];
}
