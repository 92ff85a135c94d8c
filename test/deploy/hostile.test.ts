// biome-ignore-all lint/suspicious/noTemplateCurlyInString: such texts are what is tried
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { desiredState } from '../../deploy/desired-state.ts';
import { DeployError } from '../../deploy/index.ts';
import { refuseUnfit } from '../../deploy/limits.ts';
import type { Generated, ResourceKind } from '../../deploy/manifest.ts';
import { BUCKET, type Fixture, fixture } from './fixture.ts';
import { fixtureWith, hostileValues, places } from './hostile-places.ts';
import { openStage, type Stage } from './stage.ts';

/** Texts that are really deployed; each is tried at all places without. */
const DEPLOYED = Number(process.env['LAKEWRIGHT_HOSTILE_TEXTS'] ?? 5);
/** What every place takes that takes any of these, and what looks most harmless. */
const FIRST = ['', '../x', '${bucket}', '__proto__', "'; DROP TABLE customer; --", '\u{1f600}'];

describe('hostile names and values', () => {
  for (const place of places) {
    const [what] = place;
    it(`as ${what} are taken, or refused before anything is called`, () => {
      const outcomes = hostileValues.map((text) => refusal(fixtureWith(text, [place])));
      const refused = outcomes.filter((code) => code !== undefined);
      expect([...new Set(refused)].sort()).to.satisfy((codes: readonly string[]) =>
        codes.every((code) => ['deploy/file-invalid', 'deploy/value-refused'].includes(code)),
      );
      const nul = refusal(fixtureWith('\u0000', [place]));
      const long = refusal(fixtureWith('x'.repeat(70_000), [place]));
      if (/argument/.test(what)) expect([nul, long]).to.deep.equal([undefined, undefined]);
      else expect(long).to.equal('deploy/value-refused');
    });
  }

  describe('at the endpoint', () => {
    let stage: Stage;

    before(async () => {
      stage = await openStage('hostile');
    });
    after(() => stage?.close());
    beforeEach(() => stage.reset());

    const tried = [...new Set([...FIRST, ...hostileValues])].slice(0, DEPLOYED);
    for (const text of tried) {
      const at = places.filter((place) => refusal(fixtureWith(text, [place])) === undefined);
      it(`${shown(text)} is deployed as it is, at ${at.length} places at once`, async () => {
        const of = fixtureWith(text, at);
        await stage.deployed(of);
        stage.proxy.clear();
        const { plan } = await stage.deployed(of);
        const changed = plan.actions.flatMap(({ differences }) => differences);
        expect(changed).to.deep.equal([]);
        expect(stage.proxy.writes()).to.deep.equal([]);
        const { Jobs: jobs = [] } = await stage.glue.getJobs({});
        const argument = jobs.flatMap(({ DefaultArguments: given }) => given?.['--note'] ?? []);
        expect(argument).to.include(text);
      });
    }

    it('a policy that is called as what all objects have is taken off a role', async () => {
      await stage.deployed();
      const RoleName = 'lakewright-stedi-customer_curated';
      const Statement = [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }];
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      for (const PolicyName of ['constructor', '__proto__']) {
        await stage.iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument });
      }
      const { plan } = await stage.deployed();
      const paths = plan.actions.flatMap(({ differences }) => differences.map(({ path }) => path));
      expect(paths).to.deep.equal(['Policies.__proto__', 'Policies.constructor']);
      expect((await stage.iam.listRolePolicies({ RoleName })).PolicyNames).to.deep.equal(['job']);
    });

    it('nothing is called where one is refused', async () => {
      for (const place of places) {
        const text = 'x'.repeat(70_000);
        if (refusal(fixtureWith(text, [place])) === undefined) continue;
        const error = await stage.failure(fixtureWith(text, [place]));
        expect(error.code, place[0]).to.equal('deploy/value-refused');
        expect(error.message.length).to.be.below(400);
      }
      expect(stage.proxy.calls).to.deep.equal([]);
    });

    it('a library or bucket of such a name is refused, and a file outside of the folder', async () => {
      for (const text of hostileValues.slice(-DEPLOYED * 3)) {
        if (!/^[A-Za-z][\w-]*$/.test(text)) {
          const named = { ...fixture(), library: text };
          expect((await stage.failure(named)).code).to.equal('deploy/manifest-invalid');
        }
        const codes = ['deploy/bucket-name', 'deploy/bucket-missing'];
        const bucket = await stage.failure(fixture(), { bucket: text, createBucket: false });
        expect(codes).to.include(bucket.code);
      }
      for (const file of ['../x.py', '/etc/passwd', 'a/../../x', 'a\\x', 'a\u0000']) {
        const of = fixture();
        const [first] = of.resources;
        if (first !== undefined) of.resources[0] = { ...first, file };
        expect((await stage.failure(of)).code).to.equal('deploy/manifest-invalid');
      }
    });
  });
});

/** The code with which a library is refused before the first call; nothing where it is not. */
function refusal(of: Fixture): string | undefined {
  try {
    const to = { account: '0'.repeat(12), region: 'nowhere', bucket: BUCKET };
    refuseUnfit(desiredState(generated(of), to));
    return undefined;
  } catch (error) {
    if (error instanceof DeployError) return error.code;
    throw error;
  }
}

/** A library as it is read from disk. */
function generated({ library, files, resources }: Fixture): Generated {
  const texts = Object.entries(files).map(([name, file]): readonly [string, Buffer] => [
    name,
    Buffer.from(typeof file === 'string' ? file : JSON.stringify(file)),
  ]);
  const bytes = new Map(texts);
  return {
    library,
    manifest: '',
    graph: [],
    exceptions: [],
    files: bytes,
    resources: resources.map((one) => ({
      ...one,
      kind: one.kind as ResourceKind, // of the fixture's own
      sha256: createHash('sha256')
        .update(bytes.get(one.file) ?? '')
        .digest('hex'),
    })),
  };
}

function shown(text: string): string {
  return JSON.stringify(text).slice(0, 40);
}
