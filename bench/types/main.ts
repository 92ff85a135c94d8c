import { readFile } from 'node:fs/promises';
import { measure } from './measure.ts';
import { type Program, programs } from './programs.ts';

// Prints what checking each program costs beside its budget; exits with 1 where one is over.
const compiler = process.argv[2] ?? 'typescript';
const page: Program = {
  name: 'the STEDI page',
  text: await readFile(new URL('../../test/types/fixtures/stedi.ts', import.meta.url), 'utf8'),
  budget: 23_000,
  errors: 0,
};
const bare = await measure("export * from '#lakewright';\n", compiler);
console.log(`importing the language: ${bare.instantiations} instantiations, ${bare.checkTime} s`);
console.log('instantiations    budget   seconds  errors  program');
for (const { name, text, budget, errors } of [page, ...programs]) {
  const cost = await measure(text, compiler);
  const spent = cost.instantiations - bare.instantiations;
  const isOver = spent > budget || cost.errors !== errors;
  if (isOver) process.exitCode = 1;
  const cells = [
    String(spent).padStart(14),
    String(budget).padStart(9),
    (cost.checkTime - bare.checkTime).toFixed(2).padStart(9),
    String(cost.errors).padStart(7),
  ];
  console.log(`${cells.join(' ')}  ${name}${isOver ? '  OVER' : ''}`);
}
