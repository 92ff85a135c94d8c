import type { Inputs, Relation } from '../../algebra/relation.ts';
import type { Schema } from '../../algebra/schema.ts';
import type { PyExpression, PyName, PyStatement } from '../python/tree.ts';
import type { Scope } from './scope.ts';

/** A relation that the script has computed. */
export interface Step {
  readonly frame: PyName;
  /** Columns in the frame's order, which need not be the relation's. */
  readonly schema: Schema;
  /** The table that its rows mainly come from; names of later steps begin with it. */
  readonly table: string;
  /** The argument or the count that its number of rows is known under. */
  readonly counted: string;
  /** Whether that count is of this very frame, and so of its columns. */
  readonly isCounted?: true;
  /** The author's comment on a step that needed no code; it goes above the next one. */
  readonly unsaid?: string;
}

/** The Python of one relation. */
export interface Emitted {
  /** What to do first. */
  readonly before?: readonly PyStatement[];
  /** The frame. */
  readonly value: PyExpression;
  /** Names of the frame's columns, where they do not come in the order of the inputs' columns. */
  readonly order?: readonly string[];
  /** One line in the imperative, where the script can say it better than the relation itself. */
  readonly summary?: string;
}

/** How Spark does a verb. */
export interface Emitter<N extends Relation> {
  readonly kind: N['kind'];
  /** What became of the rows, to name the result: `joined` gives `customer_joined`. */
  result(node: N): string;
  /** Whether the result can have other rows than its first input, so that they are counted. */
  readonly changesRows: boolean | ((node: N) => boolean);
  /** Whether its input has to be counted just before it, for a proof that looks at those rows again. */
  countsInput?(node: N): boolean;
  emit(node: N, inputs: Inputs<N, Step>, scope: Scope): Emitted;
}
