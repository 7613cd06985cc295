import { createSessions } from '../../../src/doors/sessions';
import { testEncryptionKey } from '../test-database';
import type { RunningProduct } from '../product/start-product';
import type { Ask } from './ask-everything';
import { createAnswerCheck, type CheckAnswer, type Description } from './described-answers';
import type { Story } from './story';
import { signInAsOperator } from '../sign-in-as-operator';

export interface Asked extends Pick<Story, 'clock' | 'workspace'> {
  readonly product: Pick<RunningProduct, 'app' | 'stores'>;
  /** What links in the answers begin with: it holds a free port, so it is cut off. */
  readonly bitbucketUrl: string;
}

/** A description is compiled once, however often somebody begins to ask. */
const checks = new Map<string, CheckAnswer>();
function findCheck(description: string): CheckAnswer {
  const check = checks.get(description) ?? createAnswerCheck(JSON.parse(description) as Description);
  checks.set(description, check);
  return check;
}

/**
 * Asks a product in the name of an administrator's page, and checks what it is answered; what differs with each run is
 * cut off.
 */
export async function askBySession({ product, clock, workspace, bitbucketUrl }: Asked): Promise<Ask> {
  const sessions = createSessions({ ...product.stores, encryptionKey: testEncryptionKey, clock });
  const who = await signInAsOperator(product.stores, workspace, clock.now());
  const grant = { workspace, repositoryUuid: null, role: 'write', page: 'settings', ...who } as const;
  const issued = await sessions.issue(grant);
  if (issued === null) throw new Error('The workspace has no open connection.');
  const read = async (address: string) =>
    fetch(`${product.app.url}${address}`, { headers: { authorization: `Bearer ${issued.session}` } });
  const check = findCheck((await (await read('/api/v1/openapi.json')).text()).replaceAll(product.app.url, ''));
  return async (address) => {
    const reply = await read(address);
    const text = await reply.text();
    check(address, reply.status, text);
    return {
      status: reply.status,
      text: text
        .replaceAll(bitbucketUrl, '')
        .replace(/"request_id":"[^"]+"/u, '"request_id":""')
        // A member of the settings that came after the recording.
        .replace(',"viewers_without_rights":"everybody"', ''),
    };
  };
}
