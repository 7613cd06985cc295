/**
 * Run in the page: opens what is folded, lets the page make what it makes then, and takes away what is like something beside it many times over and costs
 * minutes: rows of tables after the third, charts after the third with their tables, and four hundred time zones.
 */
export const layOpen = `(async () => {
  const many = 'tbody tr:nth-child(n + 4), .charts > :nth-child(n + 4), select[name="timezone"] option:nth-child(n + 3):not(:checked)';
  document.querySelectorAll('details').forEach((part) => { part.open = true; });
  await new Promise((resolve) => setTimeout(resolve));
  document.querySelectorAll(many).forEach((one) => one.remove());
})()`;

/**
 * Run in the page: opens the tables of its charts, which are made then; without scripts they, or the way to them, stand
 * there, and nothing is to be waited for: timers do not run.
 */
export const openTables = `(async () => {
  const folded = [...document.querySelectorAll('.chart > .numbers')];
  folded.forEach((part) => { part.open = true; });
  if (folded.some((part) => part.querySelector('table, noscript > *') === null)) await new Promise((resolve) => setTimeout(resolve));
})()`;
