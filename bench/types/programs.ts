/** A program for the type checker, and how many type instantiations it may cost. */
export interface Program {
  readonly name: string;
  readonly text: string;
  /** Instantiations, those of importing the language among them. */
  readonly budget: number;
  /** Errors that it is meant to have. */
  readonly errors: number;
}

const head = `import { avg, count, desc, double, job, library, long, string, subject, zone } from '#lakewright';
const customer = subject('customer');
const landing = zone('landing');
const trusted = zone('trusted', { purpose: 'research', holds: 'identified' });
`;

/** A table of people with `width` columns, most of them numbers, that holds consent. */
function people(name: string, width: number, prefix: string): string {
  const columns = range(width - 3).map((index) =>
    index % 3 === 0
      ? `${prefix}${index}: string().nullable().quasi()`
      : `${prefix}${index}: double().sensitive()`,
  );
  return `const ${name} = landing.table('${name}', {
  about: '${prefix}Email',
  consent: { research: { grantedAt: '${prefix}Granted', version: '${prefix}Updated' } },
  columns: {
    ${prefix}Email: string().identifier().subject(customer),
    ${prefix}Granted: long().nullable(),
    ${prefix}Updated: long().quasi(),
    ${columns.join(',\n    ')},
  },
});
`;
}

/** Steps of all row-wise kinds, one after the other; `wrong` puts a mistake into every tenth. */
function steps(count: number, prefix: string, wrong = false): string {
  return range(count)
    .map((index) => {
      const column = wrong && index % 10 === 5 ? `${prefix}Nowhere` : `${prefix}1`;
      switch (index % 5) {
        case 0:
          return `.filter((c) => c.${column}.gt(${index}).and(c.${prefix}2.lt(5)))`;
        case 1:
          return `.derive((c) => ({ new${index}: c.${column}.plus(c.${prefix}2).times(2) }))`;
        case 2:
          return `.rename({ new${index - 1}: 'renamed${index}' })`;
        case 3:
          return `.dedupe({ by: ['${prefix}Email'], order: [desc('${prefix}Updated')] })`;
        default:
          return `.drop('${index === 4 ? `${prefix}4` : `renamed${index - 2}`}')`;
      }
    })
    .join('\n  ');
}

function chain(width: number, length: number, wrong: boolean): string {
  return `${head}${people('people', width, 'p')}
export const result = people
  .keepConsented('research')
  ${steps(length, 'p', wrong)};
export const written = job('chain', { rows: result, sink: trusted.sink('chain') });
`;
}

function joins(count: number, width: number): string {
  const sides = range(count).map((index) => people(`side${index}`, width, `s${index}`));
  const joined = range(count).map((index) => `.join(side${index}, { pEmail: 's${index}Email' })`);
  return `${head}${people('people', width, 'p')}${sides.join('')}
export const result = people
  .keepConsented('research')
  ${joined.join('\n  ')};
export const written = job('joins', { rows: result, sink: trusted.sink('joins') });
`;
}

/** Jobs of 50 columns, 10 steps and 2 joins; `wrong` gives each two mistakes. */
function jobs(count: number, wrong: boolean): string {
  const one = (index: number) => `const rows${index} = people${index % 10}
  .keepConsented('research')
  ${steps(10, `p${index % 10}x`)}
  .join(side1, { p${index % 10}xEmail: '${wrong ? 'nowhere' : 'aEmail'}' })
  .join(side2, { p${index % 10}xEmail: 'bEmail' });
export const job${index} = job('job${index}', {
  rows: ${wrong ? `people${index % 10}` : `rows${index}`},
  sink: trusted.sink('table${index}'),
});
`;
  const tables = range(10).map((index) => people(`people${index}`, 50, `p${index}x`));
  return `${head}${tables.join('')}${people('side1', 20, 'a')}${people('side2', 20, 'b')}${range(count).map(one).join('')}`;
}

function unresolved(): string {
  return `${head}${people('people', 200, 'p')}
export const result = people.join(nowhere, { pEmail: 'email' }).filter((c) => c.p1.gt(0));
`;
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** The programs whose cost is watched. Each budget leaves about a twentieth over what was measured. */
export const programs: readonly Program[] = [
  {
    name: 'chain of 50 columns x 30 steps',
    text: chain(50, 30, false),
    budget: 114_000,
    errors: 0,
  },
  {
    name: 'chain of 200 columns x 30 steps',
    text: chain(200, 30, false),
    budget: 134_000,
    errors: 0,
  },
  { name: 'the same, wrong', text: chain(200, 30, true), budget: 134_000, errors: 3 },
  { name: '5 joins of 200 columns', text: joins(5, 200), budget: 127_000, errors: 0 },
  { name: '300 jobs of 50 columns', text: jobs(300, false), budget: 1_400_000, errors: 0 },
  { name: 'the same, 600 errors', text: jobs(300, true), budget: 1_400_000, errors: 600 },
  { name: 'unresolved name in a join', text: unresolved(), budget: 101_000, errors: 1 },
];
