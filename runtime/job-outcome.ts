import type { ScriptOutcome } from './spark/session.ts';

/** Rows of one input. */
export interface InputCounts {
  /** Lines of a landing table (blank ones aside) or rows of a table. */
  readonly rows: number;
  /** Lines set aside, by reason. */
  readonly quarantined: Readonly<Record<string, number>>;
  /** Optional values that could not be read and are null, by column; their lines are kept. */
  readonly unreadable: Readonly<Record<string, number>>;
  /** Rows that had columns which the table does not declare, and which were left out; absent: none. */
  readonly undeclared?: number;
}

/** Rows after one step of a job's `transform`. */
export interface StepCount {
  /** What the step does, in words. */
  readonly name: string;
  /** The input, by its argument's name, or the earlier step, by its name, that it takes rows from. */
  readonly of: string | null;
  readonly rows: number;
}

/** An expectation of rows or of a whole table, and what a run counted. */
export interface ExpectationCount {
  /** The author's words; of a table, what was declared. */
  readonly name: string;
  /** The input, by its argument's name, the step, or the written table, by its argument's name, whose rows they are. */
  readonly of: string;
  readonly on_unmet: 'fail' | 'drop' | 'warn';
  /** Rows that are otherwise; 1 where the table as a whole is. */
  readonly unmet: number;
  readonly rows: number;
}

/** What a job itself reports of its run (`codegen/support/lakewright_runtime.py` writes it); never a value. */
export interface JobReport {
  /** Glue's name of the job, `stedi_customer_trusted`. */
  readonly job: string;
  readonly run_id: string;
  /** Spark's version. */
  readonly spark: string;
  readonly seconds: number;
  /** ISO-8601 instant at which consent was read, where the job reads consent. */
  readonly consent_as_of?: string;
  /** By argument, `landing_customer`. */
  readonly inputs: Readonly<Record<string, InputCounts>>;
  readonly steps: readonly StepCount[];
  readonly output?: {
    /** Argument, `trusted_customer`. */
    readonly table: string;
    readonly rows: number;
    readonly location: string;
  };
  /** Lines about people who were erased, by argument; they were not read. */
  readonly suppressed?: Readonly<Record<string, number>>;
  /** How many different people each column of the output names. */
  readonly people?: Readonly<Record<string, number>>;
  /** What was proven of the output before it was published, in words. */
  readonly proofs?: readonly string[];
  /** What the author expects, and how many rows are otherwise. */
  readonly expectations?: readonly ExpectationCount[];
  /** Why it failed, without data. */
  readonly failed?: string;
  /** Line of the script, from 1, that said what failed, where that is known. */
  readonly failed_line?: number;
}

/** How one job of a local run ended. */
export interface JobOutcome {
  /** Glue's name of the job. */
  readonly job: string;
  readonly state: 'succeeded' | 'failed' | 'not run';
  /** Seconds, the script's start included; 0 when not run. */
  readonly seconds: number;
  /** Why it failed or was not run; empty otherwise. */
  readonly reason: string;
  /** The class and the words of the error that it failed with, as Glue tells them. */
  readonly error?: string;
  /** Line of the script, from 1, that said what failed, where that is known. */
  readonly line?: number;
  /** Absent when the job did not come so far. */
  readonly report?: JobReport;
}

/** The outcome of a script that ran, from what Spark and the job itself say of it. */
export function outcomeOf(
  job: string,
  ran: ScriptOutcome,
  report: JobReport | undefined,
): JobOutcome {
  const state = ran.succeeded ? 'succeeded' : 'failed';
  const reason = report?.failed ?? ran.error ?? '';
  const line = report?.failed_line ?? ran.line;
  return {
    job,
    state,
    seconds: ran.seconds,
    reason,
    ...(ran.error === null ? {} : { error: ran.error }),
    ...(line === null ? {} : { line }),
    ...(report ? { report } : {}),
  };
}

/** The outcome of a job that an earlier failure kept from starting. */
export function notRun(job: string, failed: JobOutcome | undefined): JobOutcome {
  const cause = failed === undefined ? 'nothing started it' : `${failed.job} failed`;
  return { job, state: 'not run', seconds: 0, reason: cause };
}

/** What a local run tells while it goes on. */
export type RunEvent =
  | {
      readonly kind: 'upload';
      readonly table: string;
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly kind: 'job starts';
      readonly job: string;
      readonly number: number;
      readonly total: number;
    }
  | { readonly kind: 'job ends'; readonly outcome: JobOutcome };

/** Listener of {@link RunEvent}. */
export type RunListener = (event: RunEvent) => void;
