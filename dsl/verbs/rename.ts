import type { Span } from '../../algebra/span.ts';
import type { Problem } from '../row.ts';
import type { Renaming, State } from '../state/state.ts';
import type { Step } from '../step.ts';
import { copy, projected, replaced } from './projection.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * Gives columns other names. Labels and the subject go with them.
     *
     * @param names old name to new name
     * @example
     * ```ts
     * const readings = accelerometer.rename({ user: 'email' });
     * ```
     */
    rename<const M extends { readonly [K in keyof R]?: string }>(
      names: M & Taken<R, M>,
    ): Dataset<
      {
        readonly [K in Exclude<keyof R, keyof M> | NewName<M>]: K extends NewName<M>
          ? R[OldName<K, M> & keyof R]
          : R[K & keyof R];
      },
      Renaming<S, M>
    >;
  }
}

type NewName<M> = M[keyof M] & string;
type OldName<K, M> = { [L in keyof M]: M[L] extends K ? L : never }[keyof M];

// The first case is for the editor's own question of what could stand here: without it, all columns would be looked at.
type Taken<R, M> = {
  readonly [K in keyof M]: string extends M[K]
    ? unknown
    : M[K] extends Exclude<keyof R, keyof M>
      ? Problem<`there is a column ${M[K] & string} already: drop or rename it first`>
      : unknown;
};

export function rename(step: Step, span: Span, names: Readonly<Record<string, string>>): Step {
  const renamed = Object.entries(names).map(([name, as]) => [name, copy(name, as)] as const);
  return projected(step, 'rename', replaced(step, new Map(renamed)), span);
}
