import { existsSync, readdirSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { expect } from 'chai';
import { Project, type SourceFile } from 'ts-morph';
import { declassify } from '../algebra/functions/declassify.ts';
import { functions } from '../algebra/functions/index.ts';
import type { Label } from '../algebra/labels.ts';
import { verbs } from '../algebra/verbs/index.ts';
import { allCodes } from '../diagnostics/index.ts';

/** What each folder may import besides itself, packages aside: the table of ARCHITECTURE.md. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  algebra: [],
  diagnostics: ['algebra'],
  dsl: ['algebra', 'diagnostics'],
  check: ['algebra', 'diagnostics'],
  optimize: ['algebra', 'check'],
  codegen: ['algebra', 'check', 'optimize', 'diagnostics'],
  runtime: ['algebra', 'check', 'codegen', 'diagnostics'],
  deploy: ['diagnostics'],
  erasure: ['algebra', 'check', 'codegen', 'deploy', 'runtime', 'diagnostics'],
  export: ['deploy', 'codegen', 'diagnostics'],
  // The commands join all of it, and make sample data.
  cli: [
    'algebra',
    'diagnostics',
    'dsl',
    'check',
    'optimize',
    'codegen',
    'runtime',
    'deploy',
    'erasure',
    'export',
    'examples',
  ],
  examples: ['dsl'],
};

/** Packages that a folder may import; the folders that are not named here import none. */
const mayUse: Readonly<Record<string, readonly string[]>> = {
  cli: ['@aws-sdk/client-s3'],
  codegen: ['handlebars', 'ts-morph'],
  erasure: [
    '@aws-sdk/client-glue',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-secrets-manager',
    '@aws-sdk/client-sts',
  ],
  runtime: ['@aws-sdk/client-cloudwatch-logs', '@aws-sdk/client-glue', '@aws-sdk/client-s3'],
  deploy: [
    'diff',
    '@aws-sdk/client-cloudwatch-logs',
    '@aws-sdk/client-eventbridge',
    '@aws-sdk/client-glue',
    '@aws-sdk/client-iam',
    '@aws-sdk/client-kms',
    '@aws-sdk/client-lakeformation',
    '@aws-sdk/client-resource-groups-tagging-api',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-sts',
  ],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isPackage: boolean;
}

const root = process.cwd();
const pathOf = (file: SourceFile) => relative(root, file.getFilePath()).split(sep).join('/');
const folderOf = (path: string) => path.split('/')[0] ?? '';

function importsOf(file: SourceFile): readonly Import[] {
  return file.getImportStringLiterals().flatMap((literal): readonly Import[] => {
    const name = literal.getLiteralValue();
    const from = pathOf(file);
    if (name.startsWith('node:')) return [];
    if (name === '#lakewright') return [{ from, to: 'dsl/index.ts', isPackage: false }];
    if (!name.startsWith('.')) return [{ from, to: name, isPackage: true }];
    const to = relative(root, new URL(name, `file://${file.getFilePath()}`).pathname);
    return [{ from, to: to.split(sep).join('/'), isPackage: false }];
  });
}

function rooms(kind: string): readonly string[] {
  const file = kind.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return [`algebra/verbs/${file}.ts`, `codegen/pyspark/${file}.ts`, `test/verbs/${file}.test.ts`];
}

describe('architecture', () => {
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
  });
  project.addSourceFilesAtPaths(Object.keys(mayImport).map((folder) => `${folder}/**/*.ts`));
  const imports = project.getSourceFiles().flatMap(importsOf);

  for (const [folder, allowed] of Object.entries(mayImport)) {
    const own = imports.filter(({ from }) => folderOf(from) === folder);
    it(`${folder}/ imports only ${[folder, ...allowed].join(', ')}`, () => {
      const foreign = own.filter(
        ({ to, isPackage }) => !isPackage && ![folder, ...allowed].includes(folderOf(to)),
      );
      expect(foreign.map(({ from, to }) => `${from} imports ${to}`)).to.deep.equal([]);
    });
    it(`${folder}/ uses only the packages it is for`, () => {
      const packages = own.filter(
        ({ to, isPackage }) => isPackage && !mayUse[folder]?.includes(to),
      );
      expect(packages.map(({ from, to }) => `${from} uses ${to}`)).to.deep.equal([]);
    });
  }

  it('authors import the language and nothing behind it', () => {
    const behind = imports.filter(
      ({ from, to }) =>
        folderOf(from) === 'examples' && folderOf(to) === 'dsl' && to !== 'dsl/index.ts',
    );
    expect(behind).to.deep.equal([]);
  });

  for (const kind of Object.keys(verbs))
    it(`${kind} has its rooms`, () => {
      expect(rooms(kind).filter((path) => !existsSync(path))).to.deep.equal([]);
    });

  it('authors can say every verb, by its name or by those of its sugar', () => {
    const said = readdirSync('dsl/verbs').map((file) => file.replace('.ts', ''));
    const sugar: Readonly<Record<string, readonly string[]>> = {
      // A table of a zone, and a job's own.
      source: [],
      project: ['select', 'drop', 'rename', 'derive', 'cast', 'pseudonymize'],
    };
    const names = Object.keys(verbs).flatMap(
      (kind) => sugar[kind] ?? [kind.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)],
    );
    expect(names.filter((name) => !said.includes(name))).to.deep.equal([]);
  });

  it('every code that is said has its page, and every page is of a code that is said', () => {
    const areas = [...new Set(allCodes.map((code) => code.split('/')[0]))].join('|');
    const quoted = new RegExp(`'((?:${areas})/[a-z]+(?:-[a-z]+)*)'`, 'g');
    const said = project
      .getSourceFiles()
      .filter((file) => folderOf(pathOf(file)) !== 'diagnostics')
      .flatMap((file) => [...file.getFullText().matchAll(quoted)].map(([, code]) => code));
    expect([...new Set(said)].sort()).to.deep.equal([...allCodes].sort());
  });

  it('only declassifiers lower a label', () => {
    const operand = (label: Label) =>
      ({ type: { kind: 'string' }, nullable: true, labels: [label] }) as const;
    const operands = [operand('identifier'), operand('sensitive')];
    const lowering = functions
      .filter((one) => one.labels(operands).length < 2)
      .map((one) => one.name);
    const declared = declassify.map((one) => one.name);
    expect(lowering.filter((name) => !declared.includes(name))).to.deep.equal([]);
  });
});
