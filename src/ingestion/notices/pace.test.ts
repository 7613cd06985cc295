import { createFixedClock } from '../../../test/support/fixed-clock';
import { Pace } from './pace';

const start = 1_000_000;

function open() {
  const clock = createFixedClock(start);
  const rests: number[] = [];
  const wait = async (milliseconds: number): Promise<void> => {
    rests.push(milliseconds);
    clock.setTo(clock.now() + milliseconds);
  };
  const pace = new Pace({ clock, wait });
  /** A round that takes so long, in which so many notices come in. */
  const round = async (took: number, arrivals: number): Promise<void> => {
    await pace.rest();
    await pace.follow(async () => {
      clock.setTo(clock.now() + took);
      for (let count = 0; count < arrivals; count += 1) pace.noteArrival();
    });
  };
  return { clock, rests, pace, round };
}

describe('The pace of rounds of work', () => {
  it('has no rests while nothing comes in, however much there is to do', async () => {
    const { rests, round, pace } = open();
    pace.noteArrival();
    for (const took of [5, 40, 700]) await round(took, 0);
    expect(rests).toEqual([]);
  });

  it('rests twice as long as a round took in which notices came in, and never long', async () => {
    const { rests, round } = open();
    for (const took of [5, 40, 700, 30]) await round(took, 3);
    await round(1, 0);
    await round(1, 0);
    expect(rests).toEqual([10, 80, 200, 60]);
  });

  it('keeps nobody waiting who comes later than that', async () => {
    const { clock, rests, round } = open();
    await round(50, 1);
    clock.setTo(clock.now() + 30);
    await round(50, 1);
    clock.setTo(clock.now() + 110);
    await round(50, 0);
    expect(rests).toEqual([70]);
  });

  it('rests after a round that has failed, too, and not for long where a clock is set back', async () => {
    const { clock, rests, round, pace } = open();
    const failing = pace.follow(async () => {
      pace.noteArrival();
      clock.setTo(clock.now() + 10);
      throw new Error('no room');
    });
    await expect(failing).rejects.toThrow('no room');
    clock.setTo(start - 3_600_000);
    await round(1, 0);
    expect(rests).toEqual([200]);
  });
});
