import { findNext, findSurplus, orderLine, provingTimeMs, toNextTry, type WaitingInstall } from './proof-line';

const now = Date.UTC(2026, 10, 22);
let number = 0;

function anInstall(over: Partial<WaitingInstall> = {}): WaitingInstall {
  number += 1;
  const own = { id: `id ${number}`, origin: `o ${number}`, clientKey: `k ${number}`, workspace: `w ${number}` };
  return { ...own, receivedAt: now, attempts: 0, nextTryAt: now, ...over };
}

/** Of one sender, each of another clientKey and workspace and a millisecond later. */
const aFlood = (count: number, over: Partial<WaitingInstall> = {}): WaitingInstall[] =>
  Array.from({ length: count }, (_, index) => anInstall({ origin: 'forger', receivedAt: now + index, ...over }));

describe('The line of installs to be proved', () => {
  it.each([
    ['sent from elsewhere', {}, {}],
    ['sent from elsewhere and tried before', {}, { attempts: 4 }],
    ['whose clientKey all of them name', { clientKey: 'k' }, { clientKey: 'k' }],
    ['whose workspace all of them name', { workspace: 'w' }, { workspace: 'w' }],
  ])('begins with the one %s, and a flood before and after does not push it out', (_, ofAll, ofOne) => {
    const genuine = anInstall(ofOne);
    const line = [...aFlood(1_500, ofAll), genuine, ...aFlood(1_500, ofAll)];
    expect(orderLine(line)[0]).toBe(genuine);
    expect(findSurplus(line)).toHaveLength(2_801);
    expect(findSurplus(line)).not.toContain(genuine);
  });

  it('holds of one crowd the latest, and drops those that were tried first, then the longest untried', () => {
    const flood = aFlood(201);
    expect(findSurplus(flood)).toEqual([flood[0]]);
    const tried = flood.map((install, index) => (index === 150 ? { ...install, attempts: 1 } : install));
    expect(findSurplus(tried)).toEqual([tried[150]]);
    expect(findSurplus(flood.slice(1))).toEqual([]);
  });

  it('tries the untried before the tried, and nobody before their time', () => {
    const tried = anInstall({ attempts: 1 });
    const untried = anInstall();
    const later = anInstall({ nextTryAt: now + 1 });
    expect(findNext([tried, untried, later], now)).toEqual({ install: untried });
    expect(findNext([later], now)).toEqual({ dueAt: now + 1 });
    expect(findNext([], now)).toBeNull();
  });

  it('tries what a clock that was set back has left in the far future', () => {
    const left = anInstall({ nextTryAt: now + 3_600_000 });
    expect(findNext([left], now)).toEqual({ install: left });
  });

  it('tries each seven times within the quarter of an hour, and then no more', () => {
    let at = now;
    const tries: number[] = [];
    for (let attempts = 0; at < now + provingTimeMs; attempts += 1) {
      tries.push((at - now) / 1000);
      at = toNextTry(anInstall({ attempts }), at);
    }
    expect(tries).toEqual([0, 2, 10, 45, 150, 420, 840]);
  });
});
