import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { recordAnswers } from './ask-everything';
import { askBySession } from './ask-product';
import { playStory } from './story';

/**
 * Writes what the present version answers, to be run before a change that must not change a number:
 * `npx tsx test/support/recorded/record.ts FOLDER [DATABASE]`. With the name of a database the story's is kept too.
 */
async function record(folder: string, database: string | undefined): Promise<void> {
  const story = await playStory();
  const ask = await askBySession({ ...story, bitbucketUrl: story.product.simulator.url });
  const recording = { askedAt: story.clock.now(), answers: await recordAnswers(ask) };
  writeFileSync(path.join(folder, 'answers.json'), `${JSON.stringify(recording, null, 1)}\n`);
  if (database !== undefined) {
    const copy = path.join(folder, database);
    await story.product.stores.database.write(`VACUUM INTO '${copy}'`, []);
    writeFileSync(`${copy}.gz`, gzipSync(readFileSync(copy), { level: 9 }));
    execFileSync('rm', [copy]);
  }
  await story.product.close();
}

void record(process.argv[2] ?? '.', process.argv[3]);
