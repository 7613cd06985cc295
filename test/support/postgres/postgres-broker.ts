import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startPackagedPostgres } from './packaged-postgres';
import type { PostgresServer } from './postgres-server';
import { startSystemPostgres } from './system-postgres';

/**
 * Owns the one PostgreSQL of a test run. It starts when a test first asks for it, so runs that need
 * none do not wait for one; the workers of a run share it.
 */
export class PostgresBroker {
  readonly #server: Server;
  #postgres: Promise<PostgresServer> | null = null;

  constructor() {
    this.#server = createServer((_request, response) => {
      this.#start().then(
        ({ url }) => response.end(url),
        (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : 'unknown'),
      );
    });
    this.#server.unref();
  }

  /** Where to ask: the answer is the address of the server, as text. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    if (this.#postgres !== null) {
      await (await this.#postgres).stop();
    }
  }

  #start(): Promise<PostgresServer> {
    this.#postgres ??= startSystemPostgres().then((system) => system ?? startPackagedPostgres());
    return this.#postgres;
  }
}
