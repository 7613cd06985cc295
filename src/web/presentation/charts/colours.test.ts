import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Proves the colours of series with the very tokens that the style sheets use. Sight: Machado, Oliveira and Fernandes
 * (2009), the matrices of full severity on linear RGB. Difference: CIEDE2000 (Sharma, Wu and Dalal 2005) in CIELAB
 * under D65. Contrast: WCAG 2.2.
 */
const css = readFileSync(path.resolve(__dirname, '../../../../public/css/tokens.css'), 'utf8');

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

const sights: Readonly<Record<string, Matrix>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Every block of the sheet that sets colours: the light one, dark by preference, dark by choice. */
function readThemes(): { name: string; series: string[]; surface: string }[] {
  const blocks = [...css.matchAll(/([^{}]+)\{([^{}]*--ds-surface:[^{}]*)\}/gu)];
  return blocks.map(([, selector = '', body = '']) => ({
    name: selector
      .replace(/\/\*.*?\*\//gsu, '')
      .trim()
      .replace(/\s+/gu, ' '),
    series: [...body.matchAll(/--chart-\d: (#[0-9A-F]{6});/gu)].map(([, colour = '']) => colour),
    surface: /--ds-surface: (#[0-9A-F]{6});/u.exec(body)?.[1] ?? '',
  }));
}

function toLinear(colour: string): Triple {
  const channel = (at: number): number => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

const dot = (row: Triple, [r, g, b]: Triple): number => row[0] * r + row[1] * g + row[2] * b;
const clip = (value: number): number => Math.min(1, Math.max(0, value));

function seeWith(matrix: Matrix, colour: Triple): Triple {
  return [clip(dot(matrix[0], colour)), clip(dot(matrix[1], colour)), clip(dot(matrix[2], colour))];
}

function toLuminance(colour: string): number {
  return dot([0.2126, 0.7152, 0.0722], toLinear(colour));
}

function toContrast(a: string, b: string): number {
  const [light, dark] = [toLuminance(a), toLuminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function toLab(colour: Triple): Triple {
  const f = (t: number): number => (t > 216 / 24_389 ? Math.cbrt(t) : ((24_389 / 27) * t + 16) / 116);
  const x = f(dot([0.4124564, 0.3575761, 0.1804375], colour) / 0.95047);
  const y = f(dot([0.2126729, 0.7151522, 0.072175], colour));
  const z = f(dot([0.0193339, 0.119192, 0.9503041], colour) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const cos = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);
const sin = (degrees: number): number => Math.sin((degrees * Math.PI) / 180);

function toHue(b: number, a: number): number {
  const degrees = (Math.atan2(b, a) * 180) / Math.PI;
  return degrees < 0 ? degrees + 360 : degrees;
}

function toMeanHue(h1: number, h2: number, isGrey: boolean): number {
  const sum = h1 + h2;
  if (isGrey) return sum;
  if (Math.abs(h1 - h2) <= 180) return sum / 2;
  return (sum < 360 ? sum + 360 : sum - 360) / 2;
}

function toDifference([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)));
  const [x1, x2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(x1, b1), Math.hypot(x2, b2)];
  const [h1, h2] = [toHue(b1, x1), toHue(b2, x2)];
  const isGrey = c1 * c2 === 0;
  const turn = h2 - h1 > 180 ? h2 - h1 - 360 : h2 - h1 < -180 ? h2 - h1 + 360 : h2 - h1;
  const dH = isGrey ? 0 : 2 * Math.sqrt(c1 * c2) * sin(turn / 2);
  const [l, c, h] = [(l1 + l2) / 2, (c1 + c2) / 2, toMeanHue(h1, h2, isGrey)];
  const t = 1 - 0.17 * cos(h - 30) + 0.24 * cos(2 * h) + 0.32 * cos(3 * h + 6) - 0.2 * cos(4 * h - 63);
  const rotation = 30 * Math.exp(-(((h - 275) / 25) ** 2));
  const rt = -sin(2 * rotation) * 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7));
  const dl = (l2 - l1) / (1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2));
  const dc = (c2 - c1) / (1 + 0.045 * c);
  const dh = dH / (1 + 0.015 * c * t);
  return Math.sqrt(dl ** 2 + dc ** 2 + dh ** 2 + rt * dc * dh);
}

describe('CIEDE2000', () => {
  it.each([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[50, 2.5, 0], [50, 3.2592, 0.335], 1],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  ] as const)('of %j and %j is that of the published test data', (a, b, expected) => {
    expect(toDifference(a, b)).toBeCloseTo(expected, 4);
  });
});

describe('the colours of series', () => {
  const themes = readThemes();

  it('are four in each theme, and the two ways to the dark theme are the same', () => {
    expect(themes.map(({ series }) => series.length)).toEqual([4, 4, 4]);
    expect(themes[2]?.series).toEqual(themes[1]?.series);
    expect(new Set(themes.map(({ surface }) => surface)).size).toBe(2);
  });

  it.each(themes)('stand out from the ground by 3:1: $name', ({ series, surface }) => {
    expect(series.filter((colour) => toContrast(colour, surface) < 3)).toEqual([]);
  });

  const cases = themes.flatMap((theme) => Object.keys(sights).map((sight) => ({ ...theme, sight })));
  it.each(cases)('differ by 15 with $sight: $name', ({ series, sight }) => {
    const matrix = sights[sight] ?? sights['normal'];
    const seen = series.map((colour) => ({ colour, lab: toLab(seeWith(matrix as Matrix, toLinear(colour))) }));
    const near = seen.flatMap((one, index) =>
      seen
        .slice(index + 1)
        .map((other) => ({ pair: `${one.colour} ${other.colour}`, by: toDifference(one.lab, other.lab) }))
        .filter(({ by }) => by < 15),
    );
    expect(near).toEqual([]);
  });
});
