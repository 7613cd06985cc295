import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { createChance } from '../../../simulator/world/random';
import { BodyMemory } from './body-memory';
import { createPageBody, sessionMark } from './page-body';

const chance = createChance(20_261_128);

/** Text that repeats itself, as a page does, with letters of one to four bytes. */
function drawText(): string {
  const words = ['<td>', '12 h', 'é', '–', '🥁', ' ', 'repository', '\n'];
  return Array.from({ length: chance.between(0, 4_000) }, () => chance.pick(words)).join('');
}

describe('The body of a page', () => {
  it('is the same zipped and plain, with any session in any of its places', async () => {
    for (let turn = 0; turn < 40; turn += 1) {
      const pieces = Array.from({ length: chance.between(1, 6) }, drawText);
      const session = createHash('sha512').update(String(turn)).digest('hex').repeat(chance.between(1, 30));
      const body = createPageBody(pieces.join(sessionMark));
      const written = pieces.join(session);
      expect((await body.write(session, 'identity')).toString()).toBe(written);
      expect(gunzipSync(await body.write(session, 'gzip')).toString()).toBe(written);
    }
  });

  it('is smaller zipped, and is called another where another text stands', async () => {
    const text = '<tr><td>12 h</td></tr>'.repeat(5_000);
    const body = createPageBody(`${text}${sessionMark}${text}`);
    expect((await body.write('s', 'gzip')).length).toBeLessThan(text.length / 50);
    expect(body.hash).toBe(createPageBody(`${text}${sessionMark}${text}`).hash);
    expect(body.hash).not.toBe(createPageBody(`${text}${sessionMark}${text}.`).hash);
    expect(body.hash).not.toBe(createPageBody(`${text}${text}`).hash);
  });
});

describe('The memory of bodies', () => {
  const body = (bytes: number) => ({ ...createPageBody('page'), bytes });

  it('forgets what was asked for longest ago, and holds no more than its budget', () => {
    const memory = new BodyMemory(100);
    for (const key of ['a', 'b', 'c']) memory.keep(key, body(30));
    expect(memory.find('a')).not.toBeNull();
    memory.keep('d', body(40));
    expect(['a', 'b', 'c', 'd'].filter((key) => memory.find(key) !== null)).toEqual(['a', 'c', 'd']);
  });

  it('counts a body once however often it is kept, and keeps none that is larger than all', () => {
    const memory = new BodyMemory(100);
    for (let turn = 0; turn < 10; turn += 1) memory.keep('a', body(60));
    memory.keep('b', body(40));
    expect([memory.find('a'), memory.find('b')]).not.toContain(null);
    memory.keep('c', body(101));
    expect(memory.find('c')).toBeNull();
  });
});
