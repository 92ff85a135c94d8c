import type { Label } from '../../algebra/labels.ts';
import type { Span } from '../../algebra/span.ts';
import type { Sql } from '../../algebra/verbs/sql.ts';
import type { Dataset } from '../dataset.ts';
import { type ColumnDeclaration, declarationOf } from '../declarations/column.ts';
import { inWords, refuse } from '../refusal.ts';
import type { Mixed, State } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';
import type { FactsOf, ScalarType, TypeOf, ValueOf } from '../values/value.ts';

/** Rows of which is known only what the author declares, and that they come of these. */
export type Queried<R, S extends State, C> = Dataset<
  {
    readonly [K in keyof C]: ValueOf<TypeOf<C[K]>, Extract<FactsOf<R[keyof R]>, Label> | 'null'>;
  },
  S extends unknown ? Mixed : never
>;

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * What a query in Spark's SQL makes of these rows, which it knows as the table `input`: for what no other verb says. Nobody but
     * its author knows what it does, so its rows are of everybody and no zone takes them but by `declassify`, and each column has the
     * labels of all columns that went in. Every value may be null.
     *
     * A run stops where the query gives other columns than declared, reads anything but `input`, or is not the same whenever it is
     * run (`rand()`, `current_date`, `TIMESTAMP 'now'`); what a look at the text can tell of that, the compiler refuses. Take times
     * from columns of the rows. Nobody sees whether rows are picked or numbered by an order with ties (`LIMIT`, `first`,
     * `row_number`), which another run may break otherwise: order by as many columns as it takes. The reference interpreter cannot
     * run it.
     *
     * @param query a query, in one statement
     * @param columns what it gives: names and plain types
     * @example
     * ```ts
     * const shares = readings.sql('SELECT user, approx_percentile(x, 0.5) AS middle FROM input GROUP BY user', {
     *   user: string(),
     *   middle: double(),
     * });
     * ```
     */
    sql<const C extends { readonly [name: string]: ColumnDeclaration<ScalarType, 'null'> }>(
      query: string,
      columns: C,
    ): Queried<R, S, C>;
  }
}

export function sql(step: Step, span: Span, query: string, columns: unknown): Step {
  const text = requireText(query, 'query', 'a query in SQL', span);
  return queried(step, span, { query: text }, columns);
}

/**
 * A text that an author gave.
 * @throws DiagnosticError `dsl/bad-option`
 */
export function requireText(given: unknown, option: string, expected: string, span: Span): string {
  if (typeof given === 'string' && given.trim() !== '') return given;
  return refuse('dsl/bad-option', span, { option, found: inWords(given), expected });
}

/** The step of a text in another language, which gives the declared columns. */
export function queried(
  step: Step,
  span: Span,
  text: Pick<Sql, 'query' | 'language'>,
  columns: unknown,
): Step {
  if (typeof columns !== 'object' || columns === null) {
    const expected = '{ name: type } of the columns that it gives';
    return refuse('dsl/bad-option', span, { option: 'columns', found: inWords(columns), expected });
  }
  const declared = Object.entries(columns).map(([name, declaration]) => {
    const where = `column ${name} of .${text.language ?? 'sql'}`;
    const { type, labels } = declarationOf(declaration, where, span);
    if (labels.length === 0) return { name, type };
    const expected = 'a type without labels: the result has those of all that went in';
    return refuse('dsl/bad-option', span, { option: name, found: labels.join(', '), expected });
  });
  const from = { input: step.relation };
  return nextStep({ kind: 'sql', span, ...text, columns: declared, from }, { input: step }, false);
}
