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

describe('the search for influence', () => {
  let report: Report;

  before(function () {
    this.timeout(0);
    report = search({
      seed,
      count,
      worlds: 8,
      worldsOfRefused: 40,
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
    const { tried, safe, byCode } = report.refused;
    const refused = ((report.drawn - report.accepted) * safe) / tried;
    const share = refused / (report.accepted + refused);
    const codes = [...byCode].map(([code, times]) => `${times} ${code}`);
    expect(share, codes.join('\n')).to.be.lessThan(0.2);
  });
});
