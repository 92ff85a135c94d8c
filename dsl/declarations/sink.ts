import type { Sink as AlgebraSink, Holds, Zone } from '../../algebra/library.ts';
import type { Span } from '../../algebra/span.ts';
import { inWords, refuse } from '../refusal.ts';

declare const admits: unique symbol;

/** A table for one job to write. */
export interface Sink<Z extends string, T extends string, P extends string, H extends Holds> {
  readonly zone: Z;
  readonly table: T;
  /** For the editor only: purposes that its people must consent to, and what its columns may tell. */
  readonly [admits]: readonly [P, H];
  readonly purposes: readonly P[];
  readonly holds: H;
}

export interface SinkOptions<H> {
  /** Whether rows may name people, or only pseudonyms; the zone's where absent. */
  readonly holds?: H;
  /** What the table holds, for the catalog. */
  readonly doc?: string;
}

interface DeclaredSink {
  readonly sink: AlgebraSink;
  readonly zone: Zone;
}

const sinks = new WeakMap<object, DeclaredSink>();

export function sinkOf(
  zone: Zone,
  table: string,
  { holds, doc }: SinkOptions<Holds>,
  span: Span,
): object {
  const sink: AlgebraSink = {
    zone: zone.name,
    table,
    holds: holds ?? zone.holds,
    span,
    ...(doc === undefined ? {} : { doc }),
  };
  const handle = Object.freeze({
    zone: zone.name,
    table,
    purposes: zone.purposes,
    holds: sink.holds,
  });
  sinks.set(handle, { sink, zone });
  return handle;
}

/**
 * The sink that an author gave.
 * @throws DiagnosticError `dsl/bad-option`
 */
export function declaredSink(value: unknown, span: Span): DeclaredSink {
  const known = typeof value === 'object' && value !== null ? sinks.get(value) : undefined;
  const expected = "a sink such as trusted.sink('name')";
  return (
    known ?? refuse('dsl/bad-option', span, { option: 'sink', found: inWords(value), expected })
  );
}
