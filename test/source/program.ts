import { inOrder } from '../../algebra/fold.ts';
import { type Job, type Library, sinkId, type Table, tableId } from '../../algebra/library.ts';
import type { Relation } from '../../algebra/relation.ts';
import * as language from '../../dsl/index.ts';
import { jobOptions, sinkText, tableText, zoneText } from './declaration-text.ts';
import { Names } from './names.ts';
import type { Schemas } from './sayable.ts';
import { stepText } from './step-text.ts';
import { text } from './text.ts';
import { Unsayable } from './unsayable.ts';

/** Where a job stands in a program; lines count from 1. */
export interface JobPlace {
  /** `zone.table` that it writes. */
  readonly table: string;
  /** The first line of the job with the steps that only it, or it first, is made of. */
  readonly first: number;
  /** Where it says its sink. */
  readonly sink: number;
  readonly last: number;
}

/** Source text that an author could have written. */
export interface Program {
  readonly text: string;
  /** The jobs of each library. */
  readonly places: readonly (readonly JobPlace[])[];
}

/** A library, with the columns of its steps. */
export interface Printable {
  readonly library: Library;
  readonly schemas: Schemas;
}

/**
 * Libraries over the same tables as one program, which exports them as `libraries`: a function for each, since making one may be
 * refused. Each step has a line of its own.
 * @throws Unsayable where a library is none that `sayable` gave
 */
export function programOf(printables: readonly Printable[]): Program {
  const tables = [...new Set(printables.flatMap(({ library }) => library.tables))];
  if (new Set(tables.map(tableId)).size < tables.length)
    throw new TypeError('two tables have one name');
  // The first line is kept for what is imported.
  const lines: string[] = [''];
  const names = new Names([...Object.keys(language), 'libraries']);
  const known = declarations(tables, names, lines);
  lines.push('', 'export const libraries = [');
  const places = printables.map((one) => {
    lines.push('  () => {');
    const found = libraryLines(one, known, names.inside(), lines);
    lines.push('  },');
    return found;
  });
  lines.push('];', '');
  const body = lines.join('\n');
  const used = Object.keys(language).filter((name) => new RegExp(`\\b${name}\\(`).test(body));
  return { text: `import { ${used.join(', ')} } from '#lakewright';${body}`, places };
}

/** The names of the landing zone and of tables, by their ids. */
type Known = ReadonlyMap<string, string>;

function declarations(tables: readonly Table[], names: Names, lines: string[]): Known {
  const owners = new Map<string, string>();
  const labels = new Set(
    tables.flatMap(({ owner, columns }) => [
      ...(owner ? [`${owner.kind}:${owner.name}`] : []),
      ...columns.flatMap((column) => column.labels),
    ]),
  );
  const ofKind = (kind: string) => [...labels].filter((label) => label.startsWith(`${kind}:`));
  const subjects = ofKind('subject');
  const aliases = ofKind('alias');
  // An alias is of somebody; tables do not tell of whom.
  for (const label of subjects.length > 0 || aliases.length === 0 ? subjects : ['subject:owner']) {
    const name = label.slice('subject:'.length);
    owners.set(label, names.fresh(name));
    lines.push(`const ${owners.get(label)} = subject(${text(name)});`);
  }
  for (const label of aliases) {
    const name = label.slice('alias:'.length);
    owners.set(label, names.fresh(name));
    const of = [...owners.values()][0] ?? '';
    lines.push(`const ${owners.get(label)} = alias(${text(name)}, { of: ${of} });`);
  }
  const known = new Map([['landing', names.fresh('landing')]]);
  lines.push(`const ${known.get('landing')} = zone('landing');`);
  for (const table of tables) {
    const zone = known.get(table.zone);
    if (zone === undefined) throw new Unsayable(`a table of others in the zone ${table.zone}`);
    const name = names.fresh(`${table.name}_${table.zone}`);
    known.set(tableId(table), name);
    lines.push(`const ${name} = ${zone}.table(${text(table.name)}, ${tableText(table, owners)});`);
  }
  return known;
}

function libraryLines(
  { library, schemas }: Printable,
  declared: Known,
  names: Names,
  lines: string[],
): readonly JobPlace[] {
  const known = new Map(declared);
  const written = new Set(library.jobs.map(({ sink }) => sink.zone));
  for (const zone of library.zones.filter(({ name }) => written.has(name))) {
    known.set(zone.name, names.fresh(zone.name));
    lines.push(`    const ${known.get(zone.name)} = zone(${zoneText(zone)});`);
  }
  const steps = new Steps(library, schemas, names, known, lines);
  const places = library.jobs.map((job) => {
    const first = lines.length + 1;
    const rows = steps.chain(job.rows);
    const zone = library.zones.find(({ name }) => name === job.sink.zone);
    const name = names.fresh(job.name);
    lines.push(`    const ${name} = job(${text(job.name)}, {`);
    lines.push(...lined('      rows: ', rows, ','));
    for (const [option, value] of jobOptions(job)) lines.push(`      ${option}: ${value},`);
    lines.push(
      `      sink: ${sinkText(nameIn(known, job.sink.zone), job.sink, zone?.holds ?? 'identified')},`,
    );
    const sink = lines.length;
    lines.push('    });');
    known.set(sinkId(job.sink), `${name}.table`);
    steps.written(job, name);
    return { table: sinkId(job.sink), first, sink, last: lines.length };
  });
  const jobs = library.jobs.map((job) => steps.nameOf(job)).join(', ');
  const spec = `{ ${library.doc === undefined ? '' : `doc: ${text(library.doc)}, `}jobs: [${jobs}] }`;
  lines.push(`    return library(${text(library.name)}, ${spec});`);
  return places;
}

/** The steps of one library: as chains of methods, with a name for what is used twice or stands on the right of another. */
class Steps {
  readonly #schemas: Schemas;
  readonly #names: Names;
  readonly #known: ReadonlyMap<string, string>;
  readonly #lines: string[];
  readonly #uses = new Map<Relation, number>();
  readonly #named = new Map<Relation, string>();
  readonly #jobs = new Map<Job, string>();

  constructor(
    library: Library,
    schemas: Schemas,
    names: Names,
    known: ReadonlyMap<string, string>,
    lines: string[],
  ) {
    this.#schemas = schemas;
    this.#names = names;
    this.#known = known;
    this.#lines = lines;
    const all = new Set(library.jobs.flatMap(({ rows }) => inOrder(rows)));
    const used = [...all].flatMap((node) => Object.values(node.from) as readonly Relation[]);
    for (const node of [...used, ...library.jobs.map(({ rows }) => rows)])
      this.#uses.set(node, (this.#uses.get(node) ?? 0) + 1);
  }

  written(job: Job, name: string): void {
    this.#jobs.set(job, name);
  }

  nameOf(job: Job): string {
    return this.#jobs.get(job) ?? '';
  }

  /** What gives a step's rows: a name, and the calls after it. Steps that need a name get their lines first. */
  chain(root: Relation): readonly string[] {
    const texts = new Map<Relation, readonly string[]>();
    for (const node of inOrder(root)) {
      const found = this.#text(node, texts);
      const isShared = (this.#uses.get(node) ?? 0) > 1 && node.kind !== 'source';
      texts.set(node, isShared && node !== root ? [this.#name(node, found)] : found);
    }
    const found = texts.get(root) ?? [];
    const isShared = (this.#uses.get(root) ?? 0) > 1 && root.kind !== 'source';
    return isShared ? [this.#name(root, found)] : found;
  }

  #text(node: Relation, texts: ReadonlyMap<Relation, readonly string[]>): readonly string[] {
    const name = this.#named.get(node);
    if (name !== undefined) return [name];
    if (node.kind === 'source') return [nameIn(this.#known, node.table)];
    const [first, second] = Object.values(node.from) as readonly Relation[];
    if (!first) throw new TypeError('expected an input');
    const other = second ? this.#alone(second, texts.get(second) ?? []) : '';
    const otherSchema = second ? this.#schemas(second) : [];
    const said = stepText(node, { schema: this.#schemas(first), other, otherSchema });
    return [...(texts.get(first) ?? []), said];
  }

  #alone(node: Relation, found: readonly string[]): string {
    const [name, ...calls] = found;
    return calls.length === 0 && name !== undefined ? name : this.#name(node, found);
  }

  #name(node: Relation, found: readonly string[]): string {
    const known = this.#named.get(node);
    if (known !== undefined) return known;
    const name = this.#names.fresh('rows');
    this.#named.set(node, name);
    this.#lines.push(...lined(`    const ${name} = `, found, ';'));
    return name;
  }
}

function lined(before: string, [first = '', ...calls]: readonly string[], after: string): string[] {
  const indent = ' '.repeat(before.length - before.trimStart().length + 2);
  const lines = [`${before}${first}`, ...calls.map((call) => `${indent}${call}`)];
  return lines.map((line, index) => (index === lines.length - 1 ? `${line}${after}` : line));
}

function nameIn(known: ReadonlyMap<string, string>, id: string): string {
  const name = known.get(id);
  if (name === undefined) throw new Unsayable(`${id} is read before it is written`);
  return name;
}
