import type {
  Alarms,
  Library as AlgebraLibrary,
  Security,
  Table,
  Zone,
} from '../../algebra/library.ts';
import type { Span } from '../../algebra/span.ts';
import { callSite } from '../call-site.ts';
import { registerLibrary } from '../library-of.ts';
import { inWords, refuse } from '../refusal.ts';
import type { Origin } from '../step.ts';
import { type AnyJob, type DeclaredJob, declaredJob } from './job.ts';
import { type DeclaredStream, declaredStream, type Stream } from './stream.ts';

/** Everything that is generated and deployed together. */
export interface Library {
  readonly name: string;
}

/**
 * The jobs that are generated and deployed together; zones and tables are found through them. Export it as the default of
 * the file.
 *
 * @example
 * ```ts
 * export default library('stedi', { jobs: [customerTrusted, accelerometerTrusted] });
 * ```
 */
export function library(
  name: string,
  spec: {
    readonly doc?: string;
    readonly jobs: readonly AnyJob[];
    /** Streams to be told of in the library's pages and manifest. */
    readonly streams?: readonly Stream[];
    /** Tells an SNS topic, by its name, of each run that fails, and of each that the privacy gate refuses. */
    readonly alarms?: { readonly topic: string };
    /** Puts the logs of all jobs under a KMS key of yours, by its ARN. Environments may name another. */
    readonly security?: { readonly logsKey: string };
    /**
     * For how many days lines that cannot be read, and the version before of a restricted table, are kept at most; 30 where
     * absent.
     */
    readonly quarantineDays?: number;
  },
): Library {
  const span = callSite();
  if (!Array.isArray(spec.jobs)) {
    const found = inWords(spec.jobs);
    return refuse('dsl/bad-option', span, { option: 'jobs', found, expected: 'a list of jobs' });
  }
  const quarantineDays = daysOf(spec.quarantineDays, span);
  const jobs = spec.jobs.map((one) => declaredJob(one));
  const streams = (spec.streams ?? []).map((one) => declaredStream(one));
  const origins = originsOf(jobs, streams);
  const declared: AlgebraLibrary = {
    name,
    ...(spec.doc === undefined ? {} : { doc: spec.doc }),
    span,
    zones: zonesOf(jobs, origins, span),
    tables: tablesOf(origins),
    jobs: jobs.map(({ job }) => job),
    ...(quarantineDays === undefined ? {} : { quarantineDays }),
    ...(streams.length === 0 ? {} : { streams: streams.map(({ stream }) => stream) }),
    ...alarmsOf(spec.alarms, span),
    ...securityOf(spec.security, span),
  };
  return registerLibrary(Object.freeze({ name }), declared);
}

/** SNS, CreateTopic, on Name. EventBridge has no targets that keep an order (`.fifo`). */
const TOPIC = /^[A-Za-z0-9_-]{1,256}$/;

function alarmsOf(alarms: Alarms | undefined, span: Span): { readonly alarms?: Alarms } {
  if (alarms === undefined) return {};
  const topic: unknown = Object(alarms).topic;
  if (typeof topic === 'string' && TOPIC.test(topic)) return { alarms: { topic } };
  return refuse('dsl/bad-option', span, {
    option: 'alarms.topic',
    found: inWords(topic),
    expected: 'the name of an SNS topic: letters, digits, _ and -',
  });
}

/** KMS developer guide, "Key ARN": CloudWatch Logs takes neither an alias nor the bare id of a key. */
const KEY_ARN = /^arn:aws(?:-[a-z]+)*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;

function securityOf(security: Security | undefined, span: Span): { readonly security?: Security } {
  if (security === undefined) return {};
  const logsKey: unknown = Object(security).logsKey;
  if (typeof logsKey === 'string' && KEY_ARN.test(logsKey)) return { security: { logsKey } };
  return refuse('dsl/bad-option', span, {
    option: 'security.logsKey',
    found: inWords(logsKey),
    expected: 'the ARN of a KMS key: arn:aws:kms:REGION:ACCOUNT:key/ID',
  });
}

function daysOf(given: unknown, span: Span): number | undefined {
  if (given === undefined) return undefined;
  if (Number.isSafeInteger(given) && Number(given) >= 1 && Number(given) <= 365)
    return Number(given);
  const expected = 'a whole number of days from 1 to 365';
  const found = inWords(given);
  return refuse('dsl/bad-option', span, { option: 'quarantineDays', found, expected });
}

/** Where rows come from, in the order of first use, and then the tables that streams are delivered to. */
function originsOf(
  jobs: readonly DeclaredJob[],
  streams: readonly DeclaredStream[],
): readonly Origin[] {
  const read = jobs.flatMap(({ rows }) => [...rows.origins.values()]);
  return [...new Set([...read, ...streams.flatMap(({ delivered }) => delivered ?? [])])];
}

/** Each declared table once; two declarations of one name stay, for the compiler's check to tell. */
function tablesOf(origins: readonly Origin[]): readonly Table[] {
  return [...new Set(origins.flatMap(({ declared }) => (declared ? [declared] : [])))];
}

function zonesOf(
  jobs: readonly DeclaredJob[],
  origins: readonly Origin[],
  span: Span,
): readonly Zone[] {
  const zones = new Set([...origins.map(({ zone }) => zone), ...jobs.map(({ zone }) => zone)]);
  const byName = new Map<string, Zone>();
  for (const zone of zones) {
    if (byName.has(zone.name)) {
      return refuse('dsl/duplicate-name', span, { what: 'zone', name: zone.name });
    }
    byName.set(zone.name, zone);
  }
  return [...byName.values()];
}
