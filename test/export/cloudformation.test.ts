// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of Fn::Sub look like this
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { desiredState } from '../../deploy/desired-state.ts';
import { isJsonObject, type Json, type JsonObject } from '../../deploy/json.ts';
import { readGenerated } from '../../deploy/manifest.ts';
import { cloudformation } from '../../export/cloudformation/index.ts';
import { type Library, readLibrary } from '../../export/library.ts';
import { environmentIn, graphLibrary } from './graph-library.ts';

const destination = { account: '123456789012', region: 'eu-west-1', bucket: 'lake' };
const VALUES: Readonly<Record<string, string>> = {
  'AWS::AccountId': destination.account,
  'AWS::Region': destination.region,
  Bucket: destination.bucket,
};

/** A template's value as CloudFormation would see it, references to resources aside. */
function resolved(value: Json): Json {
  if (Array.isArray(value)) return value.map(resolved);
  if (!isJsonObject(value)) return value;
  const template = value['Fn::Sub'];
  if (typeof template === 'string') {
    return template.replaceAll(/\$\{(!?)([^}]*)\}/g, (_, escaped: string, name: string) =>
      escaped === '!' ? `\${${name}}` : (VALUES[name] ?? 'unknown'),
    );
  }
  const members = Object.entries(value).map(([name, item]) => [name, resolved(item)]);
  return Object.fromEntries(members);
}

function resourcesOf(library: Library): Readonly<Record<string, JsonObject>> {
  const template = JSON.parse(cloudformation(library).get('template.json') ?? '{}') as JsonObject;
  return (template['Resources'] ?? {}) as Readonly<Record<string, JsonObject>>;
}

describe('a library exported to CloudFormation', () => {
  const exported = async () => await readLibrary('generated/stedi', new Date(0));

  it('defines its jobs, triggers and workflow as a deployment of the same library does', async () => {
    const wanted = desiredState(await readGenerated('generated/stedi'), destination)
      .filter(({ kind }) => ['job', 'trigger', 'workflow', 'ruleset'].includes(kind))
      .map(({ definition }) => definition);
    const found = Object.values(resourcesOf(await exported()))
      .filter(({ Type: type }) => /^AWS::Glue::(Job|Trigger|Workflow|DataQ.*)$/.test(String(type)))
      .map(({ Properties: properties }) => resolved(properties ?? null));
    expect(found).to.have.deep.members(wanted);
  });

  it('is that of a deployment into an environment, with its bucket by default', async () => {
    const environment = environmentIn({ sizes: { workers: 7 }, tags: { team: 'lake' } });
    const generated = await readGenerated('generated/stedi');
    const wanted = desiredState(generated, { ...destination, environment })
      .filter(({ kind }) => kind === 'job')
      .map(({ definition, tags }) => ({ ...definition, Tags: { team: tags['team'] } }));
    const library = await readLibrary('generated/stedi', new Date(0), environment);
    const found = Object.values(resourcesOf(library))
      .filter(({ Type: type }) => type === 'AWS::Glue::Job')
      .map(({ Properties: properties }) => resolved(properties ?? null));
    expect(found).to.have.deep.members(wanted);
    expect(found).to.have.nested.property('0.NumberOfWorkers', 7);
    const template = JSON.parse(cloudformation(library).get('template.json') ?? '');
    expect(template.Parameters.Bucket.Default).to.equal('lake-dev');
  });

  it('pleases cfn-lint, where there is one', async function () {
    const linter = process.env['LAKEWRIGHT_CFN_LINT'] ?? 'cfn-lint';
    if (spawnSync(linter, ['--version']).error !== undefined) {
      // It is 180 MB with what it needs, and so is not among what everybody installs.
      this.skip();
      return;
    }
    this.timeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), 'lakewright-cloudformation-'));
    try {
      const templates = [...cloudformation(await exported())].filter(
        ([path]) => !path.includes('/'),
      );
      expect(templates.map(([path]) => path)).to.deep.equal([
        'lake-formation-tags.json',
        'template.json',
      ]);
      for (const [path, text] of templates) writeFileSync(join(folder, path), text);
      const paths = templates.map(([path]) => join(folder, path));
      const { stdout, stderr } = spawnSync(linter, paths, { encoding: 'utf8' });
      expect(stdout + stderr).to.equal('');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('keeps hostile names, under logical ids that CloudFormation takes', () => {
    const names = [
      'a${b}',
      '${AWS::Region}',
      'é',
      '"\n',
      'a.b',
      'a_b',
      'A_B',
      '1',
      'x'.repeat(300),
    ];
    const resources = resourcesOf(graphLibrary(Object.fromEntries(names.map((one) => [one, []]))));
    const jobs = Object.entries(resources).filter(([, one]) => one['Type'] === 'AWS::Glue::Job');
    for (const [id] of jobs) expect(id).to.match(/^[A-Za-z0-9]{1,255}$/);
    const said = jobs.map(([, { Properties: properties }]) =>
      isJsonObject(properties) ? resolved(properties['Name'] ?? '') : '',
    );
    expect(said).to.have.members(names.map((name) => `graph_${name}`));
  });

  it('is divided where it holds more than a template may', () => {
    const graph = Object.fromEntries(Array.from({ length: 1001 }, (_, place) => [`j${place}`, []]));
    const files = cloudformation(graphLibrary(graph));
    const templates = [...files].filter(([path]) => path.startsWith('template'));
    expect(templates.map(([path]) => path)).to.deep.equal([
      'template-1.json',
      'template-2.json',
      'template-3.json',
    ]);
    for (const [, text] of templates) {
      expect(Buffer.byteLength(text)).to.be.at.most(1_000_000);
      const { Resources: resources } = JSON.parse(text) as { Resources: object };
      expect(Object.keys(resources)).to.have.lengthOf.at.most(500);
    }
  });
});
