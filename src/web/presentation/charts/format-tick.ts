/** Numbers beside an axis, evenly spaced, as Chart.js hands them over. */
type Ticks = readonly { readonly value: number }[];

/**
 * The words of a tick as Chart.js finds them, "1,200" or "0.50": as many decimals as its step needs. Chart.js makes an
 * `Intl.NumberFormat` for each number of decimals, which takes a browser as long as to draw a chart.
 */
export function formatTick(value: number, _index: number, ticks: Ticks): string {
  if (value === 0) return '0';
  const decimals = Math.max(0, Math.min(20, -Math.floor(Math.log10(Math.abs(findStep(value, ticks))))));
  const [whole = '', fraction] = value.toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/gu, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Between two in the middle, as the outermost may lie nearer; of a single tick the number itself. */
function findStep(value: number, ticks: Ticks): number {
  const at = ticks.length > 3 ? 1 : 0;
  const [one, other] = [ticks[at], ticks[at + 1]];
  if (one === undefined || other === undefined) return value;
  const step = other.value - one.value;
  return Math.abs(step) >= 1 && !Number.isInteger(value) ? value - Math.floor(value) : step;
}
