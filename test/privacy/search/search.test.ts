import { expect } from 'chai';
import { allFeatures } from './features.ts';
import { printFound } from './print.ts';
import { type Report, search } from './search.ts';
import { shrink } from './shrink.ts';

/** How many libraries, and which: `LAKEWRIGHT_PRIVACY_PIPELINES=20000 LAKEWRIGHT_PRIVACY_SEED=7 npx mocha test/privacy/search/search.test.ts`. */
const count = Number(process.env['LAKEWRIGHT_PRIVACY_PIPELINES'] ?? 1000);
const seed = Number(process.env['LAKEWRIGHT_PRIVACY_SEED'] ?? 1);

/** The whole check takes three times as long where refused libraries are tried too; a part of them tells their share. */
const refusedOneIn = 4;
const isLong = count >= 5000;
/** What is allowed of safe libraries to be refused; of so few as a short run draws, chance adds some. */
const mostRefused = isLong ? 0.15 : 0.2;

describe('the search for influence', () => {
  let report: Report;

  before(function () {
    this.timeout(0);
    report = search({
      seed,
      count,
      worlds: isLong ? 24 : 8,
      worldsOfRefused: 120,
      isAsked: (index, accepted) => accepted || index % refusedOneIn === 0,
      enough: 3,
    });
  });

  it('finds no accepted library that notices who does not consent, or tells who somebody is', () => {
    const found = report.violations.map((one) => printFound(shrink(one)));
    expect(found.join('\n\n')).to.equal('');
  });

  it('tries mostly accepted libraries', () => {
    expect(report.accepted / report.drawn).to.be.greaterThan(0.5);
  });

  it('tries everything that a library may have', () => {
    const missing = allFeatures.filter((feature) => !report.features.has(feature));
    expect(missing).to.deep.equal([]);
  });

  it('finds few refused libraries that nothing is wrong with', () => {
    const { share, text } = figures(report);
    if (isLong) console.log(text);
    expect(share, text).to.be.lessThan(mostRefused);
  });
});

/** Of all safe libraries the share that is refused, as far as the worlds tell, and for what. */
function figures({ drawn, accepted, refused: { tried, safe, byCode } }: Report) {
  const refused = ((drawn - accepted) * safe) / tried;
  const share = refused / (accepted + refused);
  const codes = [...byCode]
    .sort(([, a], [, b]) => b - a)
    .map(([code, times]) => `${times} ${code}`);
  const text = [
    `seed ${seed}: ${accepted} of ${drawn} libraries accepted`,
    `${safe} of ${tried} refused ones found safe: ${(100 * share).toFixed(1)} % of safe ones refused`,
    ...codes,
  ].join('\n');
  return { share, text };
}
