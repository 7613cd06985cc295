/** A PostgreSQL server of our own on a free loopback port, with its data in a temporary folder. */
export interface PostgresServer {
  /** Of its maintenance database, for a user who may create databases. */
  readonly url: string;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}
