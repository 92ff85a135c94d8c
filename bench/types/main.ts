import { readFile } from 'node:fs/promises';
import { measure } from './measure.ts';
import { type Program, programs } from './programs.ts';

// Prints what checking each program costs, with the language that it imports, beside its budget; exits with 1 where one is over.
// Not without the import: what the checker looks at when it first meets a method is part of the one or of the other by chance.
const compiler = process.argv[2] ?? 'typescript';
const alone: Program = {
  name: 'importing the language',
  text: "export * from '#lakewright';\n",
  budget: 92_000,
  errors: 0,
};
const page: Program = {
  name: 'the STEDI page',
  text: await readFile(new URL('../../test/types/fixtures/stedi.ts', import.meta.url), 'utf8'),
  budget: 118_000,
  errors: 0,
};
console.log('instantiations    budget   seconds  errors  program, with the import');
for (const { name, text, budget, errors } of [alone, page, ...programs]) {
  const cost = await measure(text, compiler);
  const isOver = cost.instantiations > budget || cost.errors !== errors;
  if (isOver) process.exitCode = 1;
  const cells = [
    String(cost.instantiations).padStart(14),
    String(budget).padStart(9),
    cost.checkTime.toFixed(2).padStart(9),
    String(cost.errors).padStart(7),
  ];
  console.log(`${cells.join(' ')}  ${name}${isOver ? '  OVER' : ''}`);
}
