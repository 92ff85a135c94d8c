import {
  type Zone as AlgebraZone,
  type Holds,
  RESTRICTED,
  type ZoneName,
} from '../../algebra/library.ts';
import { callSite } from '../call-site.ts';
import type { Dataset } from '../dataset.ts';
import { type Sink, type SinkOptions, sinkOf } from './sink.ts';
import { type AnyStreamSpec, declareStream, type Stream, type StreamSpec } from './stream.ts';
import {
  type AnyTableSpec,
  type ColumnOf,
  type Consents,
  declareTable,
  type TableColumns,
  type TableSpec,
  type TableState,
} from './table.ts';

/** The zone where data arrives, as it arrives. No job writes to it. */
export interface LandingZone {
  readonly name: 'landing';
  /**
   * Declares a table that others fill.
   *
   * @param name of the table, and of its folder
   * @example
   * ```ts
   * const readings = landing.table('accelerometer', {
   *   columns: { user: string().identifier().subject(customer), timestamp: long().quasi(), x: double().sensitive() },
   *   about: 'user',
   *   eventTime: 'timestamp',
   * });
   * ```
   */
  table<
    const C extends TableColumns,
    const A extends string = never,
    const B extends Consents<C> = Record<never, never>,
  >(
    name: string,
    spec: TableSpec<C, A, B>,
  ): Dataset<{ readonly [K in keyof C]: ColumnOf<C[K], K, B> }, TableState<C, A>>;
  /**
   * Declares a stream of JSON messages, for the library's pages and manifest. No job reads it: have it delivered into a landing
   * table, and say which, so that the compiler holds the two declarations together.
   *
   * @param name of the stream in this library
   * @example
   * ```ts
   * const live = landing.stream('accelerometer_live', {
   *   from: kinesis('arn:aws:kinesis:eu-central-1:123456789012:stream/readings'),
   *   columns: { user: string().identifier().subject(customer), timestamp: long().quasi(), x: double().sensitive() },
   *   about: 'user',
   *   eventTime: 'timestamp',
   *   watermark: 10,
   *   deliveredTo: readings,
   * });
   * ```
   */
  stream<
    const C extends TableColumns,
    const A extends string = never,
    const B extends Consents<C> = Record<never, never>,
  >(name: string, spec: StreamSpec<C, A, B>): Stream;
}

/** A zone that jobs write to, for the purposes that its people consent to. */
export interface Zone<N extends ZoneName, P extends string, H extends Holds>
  extends Omit<LandingZone, 'name' | 'stream'> {
  readonly name: N;
  /**
   * A table for a job to write.
   *
   * @param table its name
   * @param options `holds` where it differs from the zone's
   * @example
   * ```ts
   * const sink = trusted.sink('customer');
   * ```
   */
  sink<const T extends string, const Own extends Holds = H>(
    table: T,
    options?: SinkOptions<Own>,
  ): Sink<N, T, P, Own>;
}

/** The zone of rows for stewards to look at, such as those that a `.quarantine()` sets aside. No job reads it. */
export interface RestrictedZone {
  readonly name: typeof RESTRICTED;
  /**
   * A table for a job to write, of rows of anybody: people who did not consent, or of whom it is not known yet. Only pseudonyms
   * are refused, since beside a name they would tell whose they are.
   *
   * @param table its name
   * @example
   * ```ts
   * const sink = restricted.sink('odd_reading', { doc: 'Readings that cannot be true.' });
   * ```
   */
  sink<const T extends string>(
    table: T,
    options?: Pick<SinkOptions<Holds>, 'doc'>,
  ): Sink<typeof RESTRICTED, T, never, 'identified'>;
}

interface ZoneOptions<P extends string, H extends Holds> {
  /** What the zone's data is used for: everybody in it consents to it. */
  readonly purpose?: P;
  /** Several purposes: everybody in it consents to each. */
  readonly purposes?: readonly P[];
  /** Whether rows may name people, or only pseudonyms (the default). */
  readonly holds?: H;
  readonly doc?: string;
}

/**
 * Declares a zone: `landing`, where data arrives; `trusted` and `curated`, which jobs write for purposes; `restricted`, which
 * jobs write for stewards to look at.
 *
 * @example
 * ```ts
 * const landing = zone('landing');
 * const trusted = zone('trusted', { purpose: 'research', holds: 'identified' });
 * const curated = zone('curated', { purpose: 'research' });
 * const restricted = zone('restricted');
 * ```
 */
export function zone(name: 'landing', options?: { readonly doc?: string }): LandingZone;
export function zone(name: typeof RESTRICTED, options?: { readonly doc?: string }): RestrictedZone;
export function zone<
  const N extends 'trusted' | 'curated',
  const P extends string,
  const H extends Holds = 'pseudonymous',
>(name: N, options: ZoneOptions<P, H>): Zone<N, P, H>;
export function zone(
  name: ZoneName,
  { purpose, purposes, holds, doc }: ZoneOptions<string, Holds> = {},
): object {
  const declared: AlgebraZone = {
    name,
    purposes: [...new Set([...(purpose === undefined ? [] : [purpose]), ...(purposes ?? [])])],
    holds: holds ?? (name === 'landing' || name === RESTRICTED ? 'identified' : 'pseudonymous'),
    span: callSite(),
    ...(doc === undefined ? {} : { doc }),
  };
  const stream = (one: string, spec: AnyStreamSpec) =>
    declareStream(declared, one, spec, callSite());
  const declareIn = (table: string, spec: AnyTableSpec) =>
    declareTable(declared, table, spec, callSite());
  return Object.freeze({
    name,
    ...(name === 'landing' ? { stream } : {}),
    ...(name === RESTRICTED ? {} : { table: declareIn }),
    sink: (table: string, options: SinkOptions<Holds> = {}) =>
      sinkOf(declared, table, options, callSite()),
  });
}
