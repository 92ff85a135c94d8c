import { consentFunnel } from './funnel.ts';
import type {
  ExpectationCount,
  InputCounts,
  JobOutcome,
  JobReport,
  StepCount,
} from './job-outcome.ts';

/** How {@link renderReport} writes. */
export interface ReportStyle {
  /** Terminal colours; the CLI sets it when standard output is a terminal that wants them. */
  readonly colour: boolean;
  /** Columns to fit into; 100 by default. Locations are never broken. */
  readonly width?: number;
}

type Paint = (style: keyof typeof CODES, text: string) => string;

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;
const ROWS_WIDTH = 13;
const NOTE_WIDTH = 20;

/**
 * The report of a local run, for people: per job the rows in, what was set aside and why, what each step left,
 * and how long it took; then the consent funnel and where the outputs lie. Holds counts, never values.
 */
export function renderReport(outcomes: readonly JobOutcome[], style: ReportStyle): string {
  const paint: Paint = (name, text) =>
    style.colour ? `\u001b[${CODES[name]}m${text}\u001b[0m` : text;
  const width = style.width ?? 100;
  const room = roomForText(outcomes, width);
  const jobs = outcomes.map((outcome) => renderJob(outcome, width, room, paint));
  const sections = [...jobs, renderFunnel(outcomes, paint), renderOutputs(outcomes, paint)];
  const lines = [
    ...sections.filter((section) => section.length > 0),
    [renderTotal(outcomes, paint)],
  ];
  return `${lines.map((section) => section.join('\n')).join('\n\n')}\n`;
}

/** The counts of one job, for people: what it read and set aside, what each step left, what it wrote; a line each. */
export function reportLines(report: JobReport): readonly string[] {
  const room = Math.max(0, ...linesOf(report).map(({ text }) => text.length));
  return renderRows(report, room, (_, text) => text);
}

/** A count with thousands separated: `81,273`. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}

/** A time as people say it: `0.8 s`, `12 s`, `3 min 05 s`. */
export function secondsText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** A table as authors call it: the argument `trusted_customer` is `trusted.customer`. */
export function tableText(argument: string): string {
  return argument.replace('_', '.');
}

function renderJob(outcome: JobOutcome, width: number, room: number, paint: Paint): string[] {
  const state = {
    succeeded: paint('green', 'succeeded'),
    failed: paint('red', 'failed'),
    'not run': paint('yellow', 'not run'),
  }[outcome.state];
  const time = outcome.state === 'not run' ? '' : `  ${secondsText(outcome.seconds)}`;
  const gap = Math.max(2, width - outcome.job.length - outcome.state.length - time.length);
  const lines = [`${paint('bold', outcome.job)}${' '.repeat(gap)}${state}${time}`];
  if (outcome.reason !== '') lines.push(`  ${outcome.reason}`);
  const { report } = outcome;
  if (report === undefined || outcome.state !== 'succeeded') return lines;
  return [...lines, ...renderRows(report, room, paint)];
}

interface Line {
  readonly word: string;
  readonly text: string;
  readonly rows: number;
  readonly note: string;
}

function linesOf(report: JobReport): Line[] {
  const lines = [
    ...inputLines(report),
    ...report.steps.map((step) => stepLine(report, step)),
    ...(report.expectations ?? []).map(expectationLine),
  ];
  if (report.output === undefined) return lines;
  const { table, rows } = report.output;
  return [...lines, { word: 'writes', text: tableText(table), rows, note: '' }];
}

function renderRows(report: JobReport, room: number, paint: Paint): string[] {
  return linesOf(report).flatMap(({ word, text, rows, note }) => {
    const [first = '', ...rest] = wrap(text, room);
    const count = countText(rows).padStart(ROWS_WIDTH);
    const tail = note === '' ? '' : `   ${paint('dim', note)}`;
    const line = `  ${paint('dim', word.padEnd(8))}${first.padEnd(room)}${count}${tail}`;
    return [line, ...rest.map((part) => `${' '.repeat(10)}${part}`)];
  });
}

/** One width for the words of all jobs, so that their counts stand in one column. */
function roomForText(outcomes: readonly JobOutcome[], width: number): number {
  const reports = outcomes.flatMap(({ report }) => report ?? []);
  const longest = Math.max(0, ...reports.flatMap(linesOf).map(({ text }) => text.length));
  return Math.min(longest, Math.max(24, width - 10 - ROWS_WIDTH - NOTE_WIDTH));
}

function inputLines(report: JobReport): Line[] {
  return Object.entries(report.inputs).flatMap(([argument, input]) => {
    const { rows, quarantined, unreadable, undeclared } = input;
    const reasons = Object.entries(quarantined).sort((a, b) => b[1] - a[1]);
    return [
      { word: 'reads', text: tableText(argument), rows, note: '' },
      ...reasons.map(([reason, count]) => {
        return { word: '', text: `set aside: ${reason}`, rows: count, note: '' };
      }),
      ...Object.entries(unreadable).map(([column, count]) => {
        return {
          word: '',
          text: `read as null: ${column}`,
          rows: count,
          note: '',
        };
      }),
      ...(undeclared === undefined
        ? []
        : [{ word: '', text: 'read without new columns', rows: undeclared, note: '' }]),
    ];
  });
}

/** How many rows speak against what is expected; the word stands at the first. */
function expectationLine({ name, on_unmet, unmet }: ExpectationCount, index: number): Line {
  const note = unmet === 0 ? '' : on_unmet === 'drop' ? 'dropped' : 'kept';
  return { word: index === 0 ? 'against' : '', text: name, rows: unmet, note };
}

function stepLine(report: JobReport, step: StepCount): Line {
  const before = rowsBefore(report, step);
  const change = before === undefined ? 0 : step.rows - before;
  // A step that keeps something drops the rest; a join or an aggregate just has another number.
  const lost = step.name.startsWith('keep') ? 'dropped' : 'fewer';
  const note = change < 0 ? `${countText(-change)} ${lost}` : `${countText(change)} more`;
  return { word: '', text: step.name, rows: step.rows, note: change === 0 ? '' : note };
}

/** How many lines of an input were set aside, for whatever reason. */
export function setAside({ quarantined }: InputCounts): number {
  return Object.values(quarantined).reduce((sum, count) => sum + count, 0);
}

/** Rows of what a step took its rows from, malformed lines aside. */
function rowsBefore(report: JobReport, step: StepCount): number | undefined {
  if (step.of === null) return undefined;
  const input = report.inputs[step.of];
  if (input !== undefined) return input.rows - setAside(input);
  const earlier = report.steps.slice(0, report.steps.indexOf(step));
  return earlier.findLast(({ name }) => name === step.of)?.rows;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = /^ */.exec(text)?.[0] ?? '';
  for (const word of text.trim().split(' ')) {
    const longer = line.trim() === '' ? `${line}${word}` : `${line} ${word}`;
    if (longer.length > width && line.trim() !== '') {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function renderFunnel(outcomes: readonly JobOutcome[], paint: Paint): string[] {
  const paths = consentFunnel(outcomes);
  if (paths.length === 0) return [];
  const longest = Math.max(...paths.flat().map(({ table }) => tableText(table).length));
  const lines = paths.map((path) => {
    const first = path[0]?.rows ?? 0;
    return path.map(({ table, rows }, index) => {
      const share =
        first === 0 || rows > first ? '' : `${((100 * rows) / first).toFixed(1)} %`.padStart(9);
      const name = `${index === 0 ? '  ' : '    '}${tableText(table)}`;
      return `${name.padEnd(longest + 4)}${countText(rows).padStart(ROWS_WIDTH)}${paint('dim', share)}`;
    });
  });
  const asOf = outcomes.flatMap(({ report }) => report?.consent_as_of ?? [])[0];
  const heading =
    asOf === undefined ? 'What was kept' : `What was kept, consent as of ${instantText(asOf)}`;
  return [paint('bold', heading), ...lines.flat()];
}

/** `2026-11-24T20:00:00.000+00:00`, which jobs write, as `2026-11-24 20:00:00 UTC`. */
function instantText(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function renderOutputs(outcomes: readonly JobOutcome[], paint: Paint): string[] {
  const outputs = outcomes.flatMap(({ report }) => report?.output ?? []);
  if (outputs.length === 0) return [];
  const longest = Math.max(...outputs.map(({ table }) => table.length));
  const lines = outputs.map(
    ({ table, location }) => `  ${tableText(table).padEnd(longest + 2)}${location}`,
  );
  return [paint('bold', 'Where the outputs lie'), ...lines];
}

function renderTotal(outcomes: readonly JobOutcome[], paint: Paint): string {
  const seconds = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0);
  const count = (state: JobOutcome['state']) =>
    outcomes.filter((one) => one.state === state).length;
  const rest = (['failed', 'not run'] as const)
    .filter((state) => count(state) > 0)
    .map((state) => `, ${paint('red', `${count(state)} ${state}`)}`);
  const total = `${count('succeeded')} of ${outcomes.length} jobs succeeded`;
  return `${total}${rest.join('')}, ${secondsText(seconds)} in all.`;
}
