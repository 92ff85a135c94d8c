import type { State } from './labels.ts';
import type { Consent } from './library.ts';
import type { Checked } from './problem.ts';
import type { Inputs, Relation } from './relation.ts';
import type { Row } from './row.ts';
import type { Schema } from './schema.ts';

/** What is known of a relation's rows before any is read. */
export interface Frame {
  readonly schema: Schema;
  readonly state: State;
}

/** What a verb may ask about the library around it. */
export interface Surroundings {
  /** The frame of a table: declared, or derived from the job that writes it. */
  frame(tableId: string): Frame | undefined;
  /** The consents that a table declares. */
  consents(tableId: string): readonly Consent[];
}

/** What a verb may ask while rows are computed. */
export interface Execution {
  rows(tableId: string): readonly Row[];
  /** Consent given after this instant does not count; epoch milliseconds. */
  readonly consentAsOf: bigint;
  /** Key of pseudonyms, by purpose. */
  pseudonymKey(purpose: string): Uint8Array;
  /** The columns of a relation of the library. */
  schema(relation: Relation): Schema;
}

/** What a verb means: its columns, whose rows they are, and the rows themselves (the specification that Spark must match). */
export interface Verb<N extends Relation> {
  readonly kind: N['kind'];
  /** One line in the imperative, without values of the data: it goes into comments, step names and reports. */
  describe(node: N): string;
  schema(node: N, inputs: Inputs<N, Schema>, surroundings: Surroundings): Checked<Schema>;
  /** The schema with the labels that only whose rows these are can tell; absent: all are as the schema has them. */
  relabelled?(node: N, inputs: Inputs<N, Frame>): Schema;
  /** Called only where the schema has no problem. */
  state(node: N, inputs: Inputs<N, Frame>, surroundings: Surroundings): Checked<State>;
  rows(node: N, inputs: Inputs<N, readonly Row[]>, execution: Execution): readonly Row[];
}
