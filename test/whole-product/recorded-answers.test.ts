import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { startDrumbeat, type Drumbeat } from '../../src/compose';
import { openDatabase } from '../../src/store/open-database';
import { openStores } from '../../src/store/stores';
import { createFixedClock } from '../support/fixed-clock';
import { toEnvironment } from '../support/product/start-product';
import { createTestDatabase, testEncryptionKey } from '../support/test-database';
import { withoutLaterColumns } from '../support/recorded/later-columns';
import { recordAnswers, type RecordedAnswer } from '../support/recorded/ask-everything';
import { askBySession } from '../support/recorded/ask-product';
import { playStory, type Story } from '../support/recorded/story';

interface Recording {
  readonly askedAt: number;
  readonly answers: Readonly<Record<string, RecordedAnswer>>;
}

const fixtures = path.resolve(__dirname, '../fixtures');
const recorded = JSON.parse(readFileSync(path.join(fixtures, 'answers.json'), 'utf8')) as Recording;

/** The addresses whose answer is another one than was recorded. */
function findChanged(answers: Record<string, RecordedAnswer>): string[] {
  const all = [...new Set([...Object.keys(recorded.answers), ...Object.keys(answers)])];
  return all.filter((address) => JSON.stringify(answers[address]) !== JSON.stringify(recorded.answers[address]));
}

describe('API and CSV answer byte by byte as they did before', () => {
  let story: Story | null = null;
  let app: Drumbeat | null = null;
  const ends: (() => Promise<void>)[] = [];

  afterAll(async () => {
    await app?.close();
    for (const end of ends.reverse()) await end();
    await story?.product.close();
  });

  it('from a workspace imported and lived through by this version', async () => {
    story = await playStory();
    const ask = await askBySession({ ...story, bitbucketUrl: story.product.simulator.url });
    const answers = await recordAnswers(withoutLaterColumns(ask));

    expect(Object.keys(answers).length).toBeGreaterThan(400);
    expect(findChanged(answers)).toEqual([]);
  });

  it('from a database that version 0.1.0 left, with its four migrations, once it is opened and migrated', async () => {
    const created = await createTestDatabase('sqlite');
    ends.push(() => created.remove());
    const file = created.url.replace('sqlite:', '');
    writeFileSync(file, gunzipSync(readFileSync(path.join(fixtures, 'database-0004.sqlite.gz'))));
    const bitbucketUrl = 'http://127.0.0.1:9';
    const clock = createFixedClock(recorded.askedAt);
    // Without a worker nothing is read anew: what is stored answers.
    const environment = { ...toEnvironment(bitbucketUrl), DATABASE_URL: created.url, ROLE: 'web' };
    app = await startDrumbeat(environment, { clock });
    const database = await openDatabase({ url: created.url, poolSize: 2 });
    ends.push(() => database.close());
    const stores = openStores(database, { encryptionKey: testEncryptionKey });
    const workspace = (await stores.workspaces.list())[0]?.uuid ?? '';
    const ask = await askBySession({ product: { app, stores }, clock, workspace, bitbucketUrl });

    expect(findChanged(await recordAnswers(withoutLaterColumns(ask)))).toEqual([]);
  });
});
