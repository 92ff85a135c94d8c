import { expect } from 'chai';
import type { State as AlgebraState } from '../../algebra/labels.ts';
import type { Column } from '../../algebra/schema.ts';
import { typeName } from '../../algebra/types.ts';
import type { Dataset } from '../../dsl/dataset.ts';
import type { State } from '../../dsl/state/state.ts';
import { stepOf } from '../../dsl/step.ts';
import type { FactsOf, Row, TypeOf } from '../../dsl/values/value.ts';

/** Every fact of a column once: the compiler demands exactly these keys. */
type Facts<V> = { readonly [F in FactsOf<V> & string]: true };
type Told<V> = readonly [TypeOf<V> & string, Facts<V>];

/** Columns as the types tell them; the compiler demands that they are told in full. */
export type RowTold<R> = { readonly [K in keyof R]: Told<R[K]> };

/** A state as the types tell it. */
export interface StateTold<S extends State> {
  readonly kind: S['kind'];
  readonly keys: readonly S['keys'][];
  readonly aliases: readonly S['aliases'][];
  readonly purposes?: readonly S['purposes'][];
  readonly complete?: S['complete'];
}

const here = { file: 'test', line: 1, column: 1 };

/** That the algebra says of a dataset what its types say. The types' side is checked by the compiler. */
export function agree<R extends Row, S extends State>(
  dataset: Dataset<R, S>,
  row: RowTold<R>,
  state: StateTold<S>,
): void {
  const { frame } = stepOf(dataset, 'agree', here);
  const told = Object.entries(row as Readonly<Record<string, readonly [string, object]>>);
  expect(frame.schema.map(columnFacts)).to.have.deep.members(
    told.map(([name, [type, facts]]) => ({ name, type, facts: Object.keys(facts).sort() })),
  );
  expect(stateFacts(frame.state, state)).to.deep.equal({
    kind: state.kind,
    keys: [...state.keys].sort(),
    aliases: Object.fromEntries(state.aliases as readonly (readonly [string, string])[]),
    purposes: state.purposes,
    complete: state.complete,
  });
}

/** That the algebra says of a dataset's columns what its types say. */
export function agreeOnColumns<R extends Row, S extends State>(
  dataset: Dataset<R, S>,
  row: RowTold<R>,
): void {
  const { frame } = stepOf(dataset, 'agree', here);
  const told = Object.entries(row as Readonly<Record<string, readonly [string, object]>>);
  expect(frame.schema.map(columnFacts)).to.have.deep.members(
    told.map(([name, [type, facts]]) => ({ name, type, facts: Object.keys(facts).sort() })),
  );
}

function columnFacts({ name, type, nullable, labels, band }: Column) {
  const kind = type.kind === 'decimal' ? 'decimal' : typeName(type);
  const shown = band === undefined ? [] : [`band:${band}`];
  return { name, type: kind, facts: [...labels, ...shown, ...(nullable ? ['null'] : [])].sort() };
}

function stateFacts(state: AlgebraState, told: { purposes?: unknown; complete?: unknown }) {
  const isOwned = state.kind === 'local' || state.kind === 'clean';
  const purposes = state.kind === 'clean' ? state.purposes : undefined;
  return {
    kind: state.kind,
    keys: isOwned ? [...state.keys].sort() : [],
    aliases: isOwned ? state.aliases : {},
    purposes: told.purposes === undefined ? undefined : purposes,
    complete:
      told.complete === undefined || state.kind !== 'local' ? told.complete : state.complete,
  };
}
