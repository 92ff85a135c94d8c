import {
  type Job as AlgebraJob,
  type GlueVersion,
  type Holds,
  type RESTRICTED,
  sinkId,
  type WorkerType,
  type Zone,
} from '../../algebra/library.ts';
import { callSite } from '../call-site.ts';
import type { Dataset } from '../dataset.ts';
import { datasetOf } from '../dataset-of.ts';
import { inWords, refuse } from '../refusal.ts';
import type { State } from '../state/state.ts';
import { type Origin, type Step, sourceStep, stepOf } from '../step.ts';
import type { Admitted } from './admission.ts';
import { declaredExpectation, type TableExpectation } from './expectation.ts';
import { declaredSink, type Sink } from './sink.ts';

/** Any sink. */
export type AnySink = Sink<string, string, string, Holds>;

/** What an author says of a job. */
export interface JobSpec<R, S extends State, K> {
  readonly doc?: string;
  /** The rows that it writes. */
  readonly rows: Dataset<R, S>;
  /** The table that they replace. The zone's rules say what it may hold. */
  readonly sink: Admitted<R, S, K>;
  /** What is expected of the table as a whole, such as `unique('id')`; each run looks at the files before it publishes them. */
  readonly expectations?: readonly TableExpectation<keyof NoInfer<R> & string>[];
  /**
   * How the table is kept in the catalog. An Iceberg table's files are Parquet too, and its metadata says which: for readers that know
   * Iceberg. Each run writes it anew, with one snapshot. `parquet` where absent; in plain folders always.
   */
  readonly format?: 'parquet' | 'iceberg';
  /**
   * Columns whose values become the names of folders, `day=2024-01-31/`, so that readers who ask for some of them read less. None
   * that says anything of a person: names of folders stand in logs and listings.
   */
  readonly partitionedBy?: readonly (keyof NoInfer<R> & string)[];
  /** Bytes, such as `128 * 1024 * 1024`: files are merged or cut until they are near it. Absent: as Spark's tasks write them. */
  readonly targetFileSize?: number;
  /** AWS cron expression, such as `cron(0 3 * * ? *)`; absent: runs when its inputs were written. */
  readonly schedule?: string;
  /** Tags of the job in AWS, such as `{ team: 'lake' }`: for bills, and to choose jobs by (`--select tag:team=lake`). */
  readonly tags?: Readonly<Record<string, string>>;
  /** `G.1X` where absent. */
  readonly workerType?: WorkerType;
  /** 2 where absent. */
  readonly workers?: number;
  /** Minutes; 60 where absent. */
  readonly timeout?: number;
  /** `5.1` where absent. */
  readonly glueVersion?: GlueVersion;
}

/** A job, whatever it writes. */
export interface AnyJob {
  readonly name: string;
  readonly table: unknown;
}

/** A job that writes one table; `table` is that table for others to read, unless it is in the restricted zone. */
export interface Job<R, S extends State, Z extends string = string> extends AnyJob {
  readonly table: Readable<R, S, Z>;
}

type Readable<R, S extends State, Z extends string> = string extends Z
  ? Dataset<R, S>
  : Z extends typeof RESTRICTED
    ? 'no job reads the restricted zone: go on from the rows before they were written there'
    : Dataset<R, S>;

/** What stands behind a job that an author holds. */
export interface DeclaredJob {
  readonly job: AlgebraJob;
  readonly zone: Zone;
  readonly rows: Step;
  readonly output: Origin;
}

const jobs = new WeakMap<object, DeclaredJob>();

/**
 * A job: rows, and the table that they replace.
 *
 * @param name of the job, its script and its role
 * @example
 * ```ts
 * const customerTrusted = job('customer_trusted', {
 *   rows: customers.keepConsented('research'),
 *   sink: trusted.sink('customer'),
 * });
 * ```
 */
export function job<R, S extends State, K extends AnySink>(
  name: string,
  spec: JobSpec<R, S, K>,
): Job<R, S, K['zone']> {
  const span = callSite();
  const rows = stepOf(spec.rows, 'rows', span);
  const { sink, zone } = declaredSink(spec.sink, span);
  const expectations = (spec.expectations ?? []).map(declaredExpectation);
  const partitionedBy = [...new Set(spec.partitionedBy ?? [])];
  const declared: AlgebraJob = {
    name,
    ...(spec.doc === undefined ? {} : { doc: spec.doc }),
    rows: rows.relation,
    sink,
    ...(expectations.length === 0 ? {} : { expectations }),
    ...formatOf(spec.format),
    ...(partitionedBy.length === 0 ? {} : { partitionedBy }),
    ...(spec.targetFileSize === undefined ? {} : { targetFileSize: spec.targetFileSize }),
    ...(spec.schedule === undefined ? {} : { schedule: spec.schedule }),
    ...(spec.tags === undefined ? {} : { tags: { ...spec.tags } }),
    workerType: spec.workerType ?? 'G.1X',
    workers: spec.workers ?? 2,
    timeout: spec.timeout ?? 60,
    glueVersion: spec.glueVersion ?? '5.1',
    span,
  };
  const output = outputOf(sinkId(sink), zone, rows);
  const handle: Job<R, S> = Object.freeze({
    name,
    get table() {
      return datasetOf<R, S>(sourceStep(output, callSite()));
    },
  });
  jobs.set(handle, { job: declared, zone, rows, output });
  return handle;
}

/** @throws DiagnosticError `dsl/bad-option` */
function formatOf(format: unknown): Pick<AlgebraJob, 'format'> {
  if (format === undefined || format === 'parquet') return {};
  if (format === 'iceberg') return { format };
  const expected = "'parquet' or 'iceberg'";
  return refuse('dsl/bad-option', callSite(), {
    option: 'format',
    found: inWords(format),
    expected,
  });
}

/** The written table as others read it. */
function outputOf(id: string, zone: Zone, { frame }: Step): Origin {
  return { id, zone, frame, size: 'large', consents: [] };
}

/**
 * The job that an author gave.
 * @throws DiagnosticError `dsl/bad-option`
 */
export function declaredJob(value: unknown): DeclaredJob {
  const known = typeof value === 'object' && value !== null ? jobs.get(value) : undefined;
  const expected = "jobs made with job('name', { ... })";
  return (
    known ??
    refuse('dsl/bad-option', callSite(), { option: 'jobs', found: inWords(value), expected })
  );
}
