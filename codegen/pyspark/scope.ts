import type { Relation } from '../../algebra/relation.ts';
import type { Schema } from '../../algebra/schema.ts';
import { InternalError } from '../../diagnostics/index.ts';
import { name } from '../python/build.ts';
import { NameScope } from '../python/identifier.ts';
import type { PyName } from '../python/tree.ts';

/** Names that scripts use themselves. */
export const reservedNames = [
  ...['F', 'T', 'DataFrame', 'Window', 'lakewright', 'sys', 'transform', 'main', 'run', 'result'],
  ...['arguments', 'counted', 'expected', 'consent_as_of', 'pseudonym_key', 'getResolvedOptions'],
] as const;

/** What is known while one `transform` is written: names in use, and what it needs to be given besides its tables. */
export class Scope {
  readonly #schema: (relation: Relation) => Schema;
  readonly #variables: NameScope;
  readonly #counts = new Set<string>();
  readonly #purposes = new Set<string>();
  #asOf = false;
  #expected = false;

  constructor(schema: (relation: Relation) => Schema, parameters: Iterable<string>) {
    this.#schema = schema;
    this.#variables = new NameScope([...reservedNames, ...parameters]);
  }

  schema(relation: Relation): Schema {
    return this.#schema(relation);
  }

  /** A variable that is not in use yet. */
  variable(wanted: string): PyName {
    return name(this.#variables.fresh(wanted));
  }

  /** A name for a passing column that none of the schemas has. */
  column(wanted: string, ...schemas: readonly (readonly { readonly name: string }[])[]): string {
    return new NameScope(schemas.flat().map((column) => column.name)).fresh(`_${wanted}`);
  }

  /** A name for a count of rows that no other count has. */
  count(wanted: string): string {
    let found = wanted;
    for (let number = 2; this.#counts.has(found); number += 1) found = `${wanted} (${number})`;
    this.#counts.add(found);
    return found;
  }

  /** The instant at which consent is read: an argument of the transform, in epoch milliseconds. */
  consentAsOf(): PyName {
    this.#asOf = true;
    return name('consent_as_of');
  }

  /** The key of pseudonyms for a purpose: an argument of the transform. */
  pseudonymKey(purpose: string): PyName {
    this.#purposes.add(purpose);
    if (this.#purposes.size > 1) {
      // The compiler's check refuses it: whoever has both keys can join the pseudonyms of two purposes.
      throw new InternalError('one job makes pseudonyms for two purposes');
    }
    return name('pseudonym_key');
  }

  /** What counts rows that are not as expected: an argument of the transform. */
  expected(): PyName {
    this.#expected = true;
    return name('expected');
  }

  get needs(): {
    readonly consentAsOf: boolean;
    readonly pseudonymKey: boolean;
    readonly expected: boolean;
  } {
    return {
      consentAsOf: this.#asOf,
      pseudonymKey: this.#purposes.size > 0,
      expected: this.#expected,
    };
  }
}
