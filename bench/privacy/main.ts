import { printFound } from '../../test/privacy/search/print.ts';
import { search } from '../../test/privacy/search/search.ts';
import { shrink } from '../../test/privacy/search/shrink.ts';

/**
 * The search for influence at length: `node --import tsx bench/privacy/main.ts [libraries] [seed]`. Prints how many libraries were
 * accepted, every violation at its smallest, and which refusals had no reason that any world shows.
 */
const [count = 20_000, seed = 1] = process.argv.slice(2).map(Number);
const refusedOneIn = 4;

const started = Date.now();
const report = search({
  seed,
  count,
  worlds: 8,
  worldsOfRefused: 40,
  isAsked: (index, accepted) => accepted || index % refusedOneIn === 0,
});
const { drawn, accepted, violations, refused } = report;
const safe = ((drawn - accepted) * refused.safe) / refused.tried;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

for (const found of violations.slice(0, 10)) console.log(`${printFound(shrink(found))}\n`);
console.log(
  `libraries   ${drawn} of seed ${seed} in ${Math.round((Date.now() - started) / 1000)} s`,
);
console.log(`accepted    ${accepted} (${percent(accepted / drawn)})`);
console.log(`violations  ${violations.length}`);
console.log(`safe, yet refused  ${percent(safe / (accepted + safe))} of all safe ones; by code:`);
for (const [codes, times] of [...refused.byCode].sort((a, b) => b[1] - a[1]))
  console.log(`  ${percent(times / refused.safe).padStart(7)}  ${codes}`);
