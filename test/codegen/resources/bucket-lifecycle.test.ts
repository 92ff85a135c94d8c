import { expect } from 'chai';
import type { CheckedLibrary } from '../../../check/index.ts';
import { bucketLifecycleResource } from '../../../codegen/resources/bucket-lifecycle.ts';
import { shop } from './checked-fixture.ts';

/** So many jobs that parse the landing table. */
function parsing(count: number): CheckedLibrary {
  const of = shop();
  const [first] = of.jobs;
  if (first === undefined) throw new TypeError('the fixture has no job');
  const jobs = Array.from({ length: count }, (_, at) => ({
    ...first,
    job: { ...first.job, name: `job_${at}` },
  }));
  return { ...of, jobs };
}

function rulesOf(checked: CheckedLibrary): readonly { ID: string; Expiration: object }[] {
  return JSON.parse(JSON.stringify(bucketLifecycleResource(checked)?.['Rules'] ?? []));
}

describe("a library's rules in the bucket's lifecycle", () => {
  it('are one for each job and table, of thirty days where nothing is said', () => {
    const found = rulesOf(parsing(40));
    expect(new Set(found.map(({ ID }) => ID)).size).to.equal(40);
    expect(found[0]?.Expiration).to.deep.equal({ Days: 30 });
  });

  it('are none where nothing is parsed, or more than a bucket has room for beside others', () => {
    expect(bucketLifecycleResource({ ...shop(), jobs: shop().jobs.slice(1) })).to.equal(undefined);
    expect(rulesOf(parsing(500))).to.have.length(500);
    expect(bucketLifecycleResource(parsing(501))).to.equal(undefined);
  });
});
