import { startPackagedPostgres } from '../../test/support/postgres/packaged-postgres';
import { atEnd } from './run-program';

/** A PostgreSQL that keeps what it has said yes to, on the disk of the temporary folder; gone with the program. */
export async function startDurablePostgres(): Promise<string> {
  const server = await startPackagedPostgres({ isDurable: true });
  atEnd(() => server.stop());
  return server.url;
}
