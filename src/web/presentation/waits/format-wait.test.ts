import { formatWait } from './format-wait';
import { toInitials } from './wait-whom';

it.each([
  [54 * 86_400 + 14 * 3_600, '55 d'],
  [10 * 86_400 - 1, '10 d'],
  [4 * 86_400 + 4_000, '4 d 1 h'],
  [22 * 3_600 + 1_140, '22 h'],
  [3_600, '1 h'],
  [1_500, '25 min'],
  [3_599, '1 h'],
  [20, '20 s'],
  [0, '0 s'],
])('a wait of %d seconds is told as %s', (seconds, told) => {
  expect(formatWait(seconds)).toBe(told);
});

it.each([
  ['Ada Example', 'AE'],
  ['Ben', 'BE'],
  ['José María Núñez', 'JN'],
  ['李小龙', '李小'],
  ['!!! …', '?'],
  ['', '?'],
])('the initials of “%s” are %s', (name, initials) => {
  expect(toInitials(name)).toBe(initials);
});
