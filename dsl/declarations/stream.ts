import type { Stream as AlgebraStream, StreamSource, Zone } from '../../algebra/library.ts';
import type { Span } from '../../algebra/span.ts';
import { callSite } from '../call-site.ts';
import type { Dataset } from '../dataset.ts';
import { streamHandle } from '../dataset-of.ts';
import { inWords, refuse } from '../refusal.ts';
import type { Row } from '../row.ts';
import type { State } from '../state/state.ts';
import { type Origin, stepOf } from '../step.ts';
import { type Consents, declaredTable, type TableColumns, type TableSpec } from './table.ts';

/** A verb that a stream does not have; the editor prints the reason with the type. */
interface Without<Why extends string> {
  readonly why: Why;
}

/** A stream that is declared. It is no dataset: nothing reads it. */
export type Stream = { readonly name: string } & {
  readonly [V in keyof Dataset<
    Row,
    State
  >]: Without<'streams are declared only, a batch job cannot read them yet: have this one delivered into a landing table, and read that'>;
};

/** Any stream's declaration. */
export type AnyStreamSpec = StreamSpec<TableColumns, string, Consents<TableColumns>>;

/** What an author says of a stream: what is said of a landing table, and where it comes from and goes to. */
export interface StreamSpec<C extends TableColumns, A extends string, B extends Consents<C>>
  extends Omit<TableSpec<C, A, B>, 'format' | 'partitionedBy' | 'size'> {
  /** `kinesis(...)` or `kafka(...)`. */
  readonly from: StreamSource;
  /** Minutes by which an event may come late, counted on `eventTime`. */
  readonly watermark?: number;
  /**
   * The landing table, as `landing.table(...)` gave it, that its messages are delivered to, by Amazon Data Firehose or Kafka Connect. The two must declare the same of
   * the same columns; folders of the table (`partitionedBy`) may be the delivery's own.
   */
  readonly deliveredTo?: object;
}

/** What stands behind a stream that an author holds. */
export interface DeclaredStream {
  readonly stream: AlgebraStream;
  /** The table that it is delivered to. */
  readonly delivered?: Origin;
}

const streams = new WeakMap<object, DeclaredStream>();

const KINESIS = /^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[A-Za-z0-9_.-]{1,128}$/;
const KAFKA =
  /^arn:aws[a-z-]*:kafka:[a-z0-9-]+:\d{12}:cluster\/[A-Za-z0-9_-]{1,64}\/[A-Za-z0-9-]+$/;
const TOPIC = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/;

/**
 * A stream of Kinesis Data Streams.
 *
 * @param stream its ARN
 * @throws DiagnosticError `dsl/bad-option`
 */
export function kinesis(stream: string): StreamSource {
  const like = 'an ARN such as arn:aws:kinesis:eu-central-1:123456789012:stream/readings';
  return { kind: 'kinesis', stream: matching('stream', stream, KINESIS, like) };
}

/**
 * A topic of a cluster of Amazon MSK.
 *
 * @param place ARN of the cluster, name of the topic
 * @throws DiagnosticError `dsl/bad-option`
 */
export function kafka(place: { readonly cluster: string; readonly topic: string }): StreamSource {
  const like = 'an ARN such as arn:aws:kafka:eu-central-1:123456789012:cluster/lake/0a1b2c3d-1';
  const cluster = matching('cluster', place.cluster, KAFKA, like);
  const said = 'at most 249 letters, digits, ., _ and -';
  return { kind: 'kafka', cluster, topic: matching('topic', place.topic, TOPIC, said) };
}

function matching(option: string, value: unknown, rule: RegExp, expected: string): string {
  if (typeof value === 'string' && rule.test(value)) return value;
  return refuse('dsl/bad-option', callSite(), { option, found: inWords(value), expected });
}

/** A stream as authors hold it. */
export function declareStream(
  zone: Zone,
  name: string,
  { from, watermark, deliveredTo, ...spec }: AnyStreamSpec,
  span: Span,
): Stream {
  const delivered = deliveredTo === undefined ? undefined : tableOf(deliveredTo, span);
  const stream: AlgebraStream = {
    ...declaredTable(zone, name, spec, span),
    from: sourceOf(from, span),
    ...(watermark === undefined ? {} : { watermark: minutes(watermark, spec.eventTime, span) }),
    ...(delivered ? { deliveredTo: delivered.id } : {}),
  };
  // Its verbs only refuse, as the type says.
  const handle = streamHandle(name) as Stream;
  streams.set(handle, { stream, ...(delivered ? { delivered } : {}) });
  return handle;
}

function sourceOf(from: unknown, span: Span): StreamSource {
  const { kind } = (from ?? {}) as Partial<StreamSource>;
  if (kind === 'kinesis' || kind === 'kafka') return from as StreamSource;
  const expected = 'kinesis(arn) or kafka({ cluster, topic })';
  return refuse('dsl/bad-option', span, { option: 'from', found: inWords(from), expected });
}

function minutes(watermark: unknown, eventTime: string | undefined, span: Span): number {
  if (eventTime !== undefined && Number.isSafeInteger(watermark) && Number(watermark) >= 0)
    return Number(watermark);
  const expected = 'a whole number of minutes, of a stream with an eventTime';
  const found = inWords(watermark);
  return refuse('dsl/bad-option', span, { option: 'watermark', found, expected });
}

/** The table from outside, as it was declared, that a dataset is. */
function tableOf(dataset: unknown, span: Span): Origin {
  const { relation, origins } = stepOf(dataset, 'deliveredTo', span);
  const origin = relation.kind === 'source' ? origins.get(relation.table) : undefined;
  if (origin?.declared) return origin;
  const expected = 'a table as landing.table(...) gave it';
  return refuse('dsl/bad-option', span, { option: 'deliveredTo', found: 'a dataset', expected });
}

/**
 * The stream that an author gave.
 * @throws DiagnosticError `dsl/bad-option`
 */
export function declaredStream(value: unknown): DeclaredStream {
  const known = typeof value === 'object' && value !== null ? streams.get(value) : undefined;
  const expected = "streams made with landing.stream('name', { ... })";
  return (
    known ??
    refuse('dsl/bad-option', callSite(), { option: 'streams', found: inWords(value), expected })
  );
}
