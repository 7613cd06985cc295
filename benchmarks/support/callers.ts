import { Agent, request, type ClientRequest } from 'node:http';
import type { Clock } from '../../src/domain/clock';
import { signLikeBitbucket } from '../../test/support/signed-requests';
import { findApiToken, findClientKey, referenceSecret } from '../reference/access';
import type { ReferenceWorkspace } from '../reference/shape';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** Milliseconds until the first byte of the body. */
  readonly firstByte: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Without undoing a compression, as one sees it on the wire. */
export function get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers }, (response) => {
      const pieces: Buffer[] = [];
      let firstByte = 0;
      response.on('data', (piece: Buffer) => {
        if (pieces.length === 0) firstByte = performance.now() - startedAt;
        pieces.push(piece);
      });
      response.once('error', reject).once('end', () => {
        const { statusCode: status = 0, headers: told } = response;
        resolve({ status, headers: told, body: Buffer.concat(pieces), firstByte });
      });
    });
    sent.once('error', (error) => (isStale(sent, error) ? resolve(get(url, headers)) : reject(error))).end();
  });
}

/** The connection was kept for so long that the other side has closed it: a program that computes lets it lie idle. */
function isStale({ reusedSocket }: ClientRequest, error: NodeJS.ErrnoException): boolean {
  return reusedSocket && error.code === 'ECONNRESET';
}

/** Asks the API of a workspace of the reference data. @throws when the answer is no 200 */
export function createApi(url: string, workspace: ReferenceWorkspace) {
  const authorization = `Bearer ${findApiToken(workspace)}`;
  const ask = async (route: string): Promise<Answer> => {
    const answer = await get(`${url}/api/v1${route}`, { authorization });
    if (answer.status !== 200) throw new Error(`${route} answered ${answer.status}: ${answer.body.toString()}`);
    return answer;
  };
  return { ask, askJson: async <T>(route: string): Promise<T> => JSON.parse((await ask(route)).body.toString()) as T };
}

/** A path with its query as Bitbucket opens it: the signed address. */
export function signPage(
  url: string,
  path: string,
  { workspace, clock }: { readonly workspace: ReferenceWorkspace; readonly clock: Clock },
): string {
  const user = encodeURIComponent(workspace.people.at(-1)?.uuid ?? '');
  const address = `${path}${path.includes('?') ? '&' : '?'}user=${user}`;
  const clientKey = findClientKey(workspace);
  const token = signLikeBitbucket({
    method: 'GET',
    url: address,
    clientKey,
    secret: referenceSecret,
    now: clock.now(),
  });
  return `${url}${address}&jwt=${token}`;
}

/** The session that a page carries. @throws when it carries none */
export function readSession({ status, body }: Answer): string {
  const session = /name="session" content="([^"]+)"/u.exec(body.toString())?.[1];
  if (session === undefined) throw new Error(`The page answered ${status} without a session.`);
  return session;
}
