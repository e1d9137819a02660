/** Colours: text at least 7 to 1, marks at least 4.5 to 1 on both grounds; nothing is told by colour alone. */
export const style = `
:root { color-scheme: light dark; --ground: #ffffff; --raised: #f4f5f7; --ink: #1b1d21; --faint: #4a4f58; --rule: #c9cdd4; --grid: #e3e6ea;
  --reached: #17663a; --short: #b3261e; --bar: #33547f; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #15171b; --raised: #1f2228; --ink: #eceef1; --faint: #b9bec7; --rule: #474c55; --grid: #2b2f36;
    --reached: #6fd39a; --short: #ff9c93; --bar: #8fb4e6; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1280px; padding: 32px 24px 64px; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, "Noto Sans", "Liberation Sans", sans-serif; }
h1 { margin: 0 0 4px; font-size: 28px; line-height: 1.25; }
h2 { margin: 48px 0 12px; font-size: 21px; }
h3 { margin: 24px 0 8px; font-size: 16px; }
p { margin: 0 0 12px; max-width: 80ch; color: var(--faint); }
.verdict { margin: 16px 0; font-size: 19px; font-weight: 600; color: var(--ink); }
.facts { display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 16px 0 0; padding: 16px; background: var(--raised); border-radius: 8px; }
.facts div { min-width: 0; }
dt { font-size: 14px; color: var(--faint); }
dd { margin: 0; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th { padding: 6px 12px; border-bottom: 2px solid var(--rule); font-size: 14px; font-weight: 600; text-align: left; vertical-align: bottom; color: var(--faint); }
td, tbody th { padding: 5px 12px; border-bottom: 1px solid var(--grid); vertical-align: middle; }
tbody th { min-width: 15em; font-size: 16px; font-weight: 400; color: var(--ink); }
th:first-child, td:first-child { padding-left: 0; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.goal { white-space: nowrap; }
.plot { width: 260px; padding-block: 0; }
.plot svg { display: block; }
th.plot { padding-bottom: 2px; white-space: nowrap; }
th.plot svg { margin-top: 2px; }
.state { white-space: nowrap; font-weight: 600; }
.state.yes { color: var(--reached); }
.state.no { color: var(--short); }
.grid { stroke: var(--grid); }
.goal-line { stroke: var(--ink); stroke-width: 2; }
.range { stroke: var(--faint); stroke-width: 2; stroke-linecap: round; }
.reached { fill: var(--reached); }
.short { fill: var(--short); }
.tick-label { font: 12px system-ui, "Noto Sans", "Liberation Sans", sans-serif; fill: var(--faint); }
.goal-label { font-weight: 700; fill: var(--ink); }
.profiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 560px), 1fr)); gap: 16px; }
.profiles article { min-width: 0; padding: 16px; background: var(--raised); border-radius: 8px; }
.profiles h3 { margin: 0 0 8px; }
.profile th { border-bottom-width: 1px; }
.profile th, .profile td { padding-inline: 0 16px; }
.profile td { padding-block: 3px; border-color: var(--rule); }
.profile tr:last-child td { border-bottom: 0; }
.profile td { overflow-wrap: anywhere; }
.profile .number { overflow-wrap: normal; }
.bar { width: 120px; min-width: 80px; }
.bar svg { display: block; width: 100%; height: 12px; }
.bar rect { fill: var(--bar); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
:focus-visible { outline: 3px solid var(--bar); outline-offset: 2px; }
`;
