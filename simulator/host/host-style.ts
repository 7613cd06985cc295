/** The look of the host page: plain, and of its own. */
export const hostStyle = `
:root { --page: #ffffff; --side: #f7f8f9; --text: #172b4d; --quiet: #505f79; --line: #dcdfe4; --link: #0c66e4;
  --mark: #e9f2ff; --good: #216e4e; --bad: #ae2e24; color-scheme: light; }
:root[data-theme='dark'] { --page: #1f1f21; --side: #18191a; --text: #c7d1db; --quiet: #9fadbc; --line: #3a434b;
  --link: #579dff; --mark: #1c2b41; --good: #7ee2b8; --bad: #fd9891; color-scheme: dark; }
* { box-sizing: border-box; }
body { margin: 0; font: 14px/20px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; color: var(--text);
  background: var(--page); }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
a:focus-visible, button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
header { display: flex; align-items: center; gap: 16px; padding: 8px 24px; border-bottom: 1px solid var(--line); }
header strong { font-size: 16px; }
header .note { color: var(--quiet); flex: 1; }
button { font: inherit; color: var(--text); background: var(--side); border: 1px solid var(--line); border-radius: 4px;
  padding: 4px 12px; cursor: pointer; }
.body { display: flex; min-height: calc(100vh - 49px); }
nav { width: 232px; flex: none; padding: 16px 12px; background: var(--side); border-right: 1px solid var(--line); }
nav h2 { margin: 16px 8px 4px; font-size: 12px; font-weight: 600; color: var(--quiet); }
nav a { display: block; padding: 6px 8px; border-radius: 4px; color: var(--text); }
nav a[aria-current] { background: var(--mark); color: var(--link); font-weight: 600; }
main { flex: 1; min-width: 0; padding: 24px 32px; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 28px; font-weight: 600; }
.trail { margin: 0 0 4px; color: var(--quiet); }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 340px; gap: 32px; }
aside section, .box { border: 1px solid var(--line); border-radius: 8px; padding: 16px; margin-bottom: 16px; }
aside h2, .box h2 { margin: 0 0 8px; font-size: 14px; }
iframe { display: block; width: 100%; height: 160px; border: 0; background: transparent; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 600; color: var(--quiet); font-size: 12px; }
th, td { padding: 8px 8px 8px 0; border-bottom: 1px solid var(--line); }
code { font: 12px/16px ui-monospace, Menlo, Consolas, monospace; }
.state { font-size: 11px; font-weight: 700; text-transform: uppercase; color: var(--quiet); }
.state.merged { color: var(--good); } .state.declined { color: var(--bad); } .state.open { color: var(--link); }
.quiet { color: var(--quiet); }
@media (max-width: 900px) { .body { display: block; } nav { width: auto; border: 0; border-bottom: 1px solid var(--line); }
  nav a { display: inline-block; } .columns { grid-template-columns: minmax(0, 1fr); } main { padding: 16px; } }
`;
