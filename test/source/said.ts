import { createHash } from 'node:crypto';
import { inOrder } from '../../algebra/fold.ts';
import type { Library } from '../../algebra/library.ts';
import type { Relation } from '../../algebra/relation.ts';
import { declaredSchema, declaredState } from '../../check/declared-frame.ts';

/**
 * All that a library says, as text that is equal for equal libraries: without places in the source, and without what
 * steps look up themselves: columns of consent and of the subject.
 */
export function saidIn({ name, zones, tables, jobs }: Library): string {
  const steps = new Steps();
  const written = jobs.map((job) => ({ ...job, rows: steps.name(job.rows) }));
  const read = tables.filter((table) => steps.tables.has(`${table.zone}.${table.name}`));
  const declared = read.map((table) => ({
    ...table,
    columns: declaredSchema(table),
    state: declaredState(table),
  }));
  const purposes = zones
    .filter((zone) => jobs.some(({ sink }) => sink.zone === zone.name))
    .toSorted(byName);
  const declarations = [name, ...purposes, ...declared.toSorted(byName)].map(plain);
  const texts = steps.texts(written.map(({ rows }) => rows));
  return [...declarations, ...texts, ...written.map(plain)].join('\n');
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : 1;
}

/** Steps under names that tell all that they say, and what they are made of: equal ones have one. */
class Steps {
  readonly tables = new Set<string>();
  readonly #texts = new Map<string, string>();
  readonly #inputs = new Map<string, readonly string[]>();
  readonly #found = new Map<Relation, { readonly own: string; readonly unpicked: string }>();

  /** A line for each step that the named ones are made of. */
  texts(roots: readonly string[]): readonly string[] {
    const found = new Set<string>();
    const add = (name: string): void => {
      if (found.has(name)) return;
      for (const input of this.#inputs.get(name) ?? []) add(input);
      found.add(name);
    };
    for (const root of roots) add(root);
    return [...found].map((name) => `${name} ${this.#texts.get(name)}`);
  }

  name(root: Relation): string {
    for (const node of inOrder(root)) {
      if (node.kind === 'source') this.tables.add(node.table);
      if (!this.#found.has(node)) this.#found.set(node, this.#namesOf(node));
    }
    return this.#found.get(root)?.own ?? '';
  }

  /** `keepConsented` looks past picks of the newest version, so a step has a name without them too. */
  #namesOf(node: Relation): { readonly own: string; readonly unpicked: string } {
    const inputs = (Object.values(node.from) as readonly Relation[]).flatMap(
      (one) => this.#found.get(one) ?? [],
    );
    const unpicked = inputs.map((one) => one.unpicked);
    if (node.kind === 'keepConsented') {
      const purposes = node.consents.map(({ purpose }) => purpose);
      const found = this.#nameOf({ kind: node.kind, purposes, from: unpicked });
      return { own: found, unpicked: found };
    }
    const told = withoutLookedUp(node);
    const own = this.#nameOf({ ...told, from: inputs.map((one) => one.own) });
    if (node.kind === 'dedupe' && node.first === undefined)
      return { own, unpicked: unpicked[0] ?? own };
    if (node.kind !== 'project') return { own, unpicked: own };
    return { own, unpicked: this.#nameOf({ ...told, from: unpicked }) };
  }

  #nameOf(step: Readonly<Record<string, unknown>> & { readonly from: readonly string[] }): string {
    const text = plain(step);
    const name = createHash('sha256').update(text).digest('hex').slice(0, 12);
    this.#texts.set(name, text);
    this.#inputs.set(name, step.from);
    return name;
  }
}

/** A step without the column of the subject, which the language finds. */
function withoutLookedUp(node: Relation): Relation {
  if (node.kind === 'soleOwner') return { ...node, subject: '' };
  if (node.kind !== 'aggregate' || !node.atLeast) return node;
  return { ...node, atLeast: { ...node.atLeast, key: '' } };
}

/** Data as text, without places. */
function plain(data: unknown): string {
  return JSON.stringify(data, (key, value: unknown) => {
    if (key === 'span') return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    );
  });
}
