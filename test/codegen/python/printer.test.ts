import { expect } from 'chai';
import fc from 'fast-check';
import * as py from '../../../codegen/python/build.ts';
import { printImports } from '../../../codegen/python/imports.ts';
import { printDocstring, printPython } from '../../../codegen/python/printer.ts';
import type { PyExpression, PyOperator, PyStatement } from '../../../codegen/python/tree.ts';
import { hostileTexts } from '../hostile-texts.ts';
import { ruffFindings, runPython } from '../python-tools.ts';

const functions = py.symbol({ module: 'pyspark.sql', name: 'functions', alias: 'F' });
const column = (name: string) => py.method(functions, 'col', [py.text(name)]);

describe('the Python printer', () => {
  const cases: readonly { it: string; value: PyExpression; text: string }[] = [
    {
      it: 'parenthesises operations within operations, whatever their precedence',
      value: py.operation(
        '&',
        py.operation('>', py.name('a'), py.integer(1)),
        py.not(py.operation('|', py.name('b'), py.name('c'))),
      ),
      text: 'x = (a > 1) & (~(b | c))',
    },
    {
      it: 'writes floats so that Python reads floats',
      value: py.list([1, -0, 1.5, 1e21, 5e-7].map(py.constant)),
      text: 'x = [1.0, -0.0, 1.5, 1e21, 5e-7]',
    },
    {
      it: 'writes integers of any size',
      value: py.list([py.integer(2n ** 63n), py.integer(-5)]),
      text: 'x = [9223372036854775808, -5]',
    },
    {
      it: 'gives each call of a long chain its line',
      value: ['where', 'withColumn', 'where'].reduce<PyExpression>(
        (chain, name) => py.method(chain, name, [column('shareWithResearchAsOfDate')]),
        py.name('customers'),
      ),
      text: [
        'x = (',
        '    customers.where(F.col("shareWithResearchAsOfDate"))',
        '    .withColumn(F.col("shareWithResearchAsOfDate"))',
        '    .where(F.col("shareWithResearchAsOfDate"))',
        ')',
      ].join('\n'),
    },
    {
      it: 'gives each argument its line once they do not fit, and a single one no comma',
      value: py.call(py.name('f'), [
        py.call(py.name('g'), [py.text('a'.repeat(95))]),
        py.text('b'),
      ]),
      text: `x = f(\n    g(\n        "${'a'.repeat(95)}"\n    ),\n    "b",\n)`,
    },
  ];
  for (const { it: title, value, text } of cases) {
    it(title, () => expect(printPython([assigned(value)]).text).to.equal(text));
  }

  it('imports what it printed, and nothing else', () => {
    const { imports } = printPython([assigned(column('a')), assigned(py.name('DataFrame'))]);
    expect(printImports(imports)).to.equal('from pyspark.sql import functions as F');
  });

  it('refuses names that are no names', () => {
    for (const name of ['', 'a b', 'a.b', 'class', '1a', 'a\n', 'é', '__import__("os")']) {
      expect(() => printPython([assigned(py.name(name))]), name).to.throw(TypeError);
      expect(() => printPython([assigned(py.method(py.name('a'), name))]), name).to.throw();
      expect(() => printPython([{ ...assigned(py.name('a')), target: name } as never])).to.throw();
    }
  });

  it('writes texts that Python reads back the same, in ASCII', () => {
    const literals = hostileTexts.map((text) => printPython([assigned(py.text(text))]).text);
    for (const literal of literals) expect(literal).to.match(/^[ -~]*$/);
    const read = runPython(readLiterals, literals);
    expect(read).to.deep.equal(hostileTexts.map((text) => [...text].map((c) => c.codePointAt(0))));
  });

  it('writes prose that cannot end its docstring or comment', () => {
    const modules = hostileTexts.map((text) => {
      const comment = `${text} end`;
      return `${printDocstring(`${text} end`, 0).join('\n')}\n\n${printPython([{ ...assigned(py.integer(1)), comment }]).text}\n`;
    });
    expect(new Set(runPython(statementKinds, modules) as string[])).to.deep.equal(
      new Set(['Expr Assign']),
    );
    expect(ruffFindings(modules)).to.equal('');
  });

  it('lays everything out as ruff does', () => {
    const trees = fc.sample(fc.array(randomExpression, { minLength: 8, maxLength: 8 }), {
      numRuns: 60,
      seed: 7,
    });
    const modules = trees.map((values) => {
      const body = values.map((value, index) => assigned(value, `value_${index}`));
      const printed = printPython([
        { kind: 'function', name: 'f', parameters: [], returns: py.name('list'), body, doc: 'A.' },
      ]);
      return `${printImports(printed.imports)}\n\n\n${printed.text}\n`.trimStart();
    });
    // Of random expressions only the layout is meant; they make no sense to a linter.
    const diff = ruffFindings(modules.map((text) => `# ruff: noqa\n${text}`));
    expect(diff).to.equal('');
  });
});

function assigned(value: PyExpression, target = 'x'): PyStatement {
  return { kind: 'assign', target, value };
}

const readLiterals = `
import ast, json, sys
values = [ast.literal_eval(ast.parse(text).body[0].value) for text in json.load(sys.stdin)]
print(json.dumps([[ord(c) for c in value] for value in values]))
`;

const statementKinds = `
import ast, json, sys
texts = json.load(sys.stdin)
print(json.dumps([" ".join(type(s).__name__ for s in ast.parse(text).body) for text in texts]))
`;

const { value: randomExpression } = fc.letrec<{ value: PyExpression; operand: PyExpression }>(
  (tie) => ({
    value: fc.oneof({ maxDepth: 4 }, leaf(), called(tie), chained(tie)),
    operand: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf(),
      called(tie),
      chained(tie),
      operated(tie),
      tie('operand').map(py.not),
      given(tie),
      fc.array(tie('operand'), { maxLength: 4 }).map(py.list),
      fc
        .array(tie('operand'), { maxLength: 3 })
        .map((values) => py.dict(values.map((value, i) => ({ key: py.text(`key ${i}`), value })))),
    ),
  }),
);

type Tie = (key: 'operand') => fc.Arbitrary<PyExpression>;

function leaf(): fc.Arbitrary<PyExpression> {
  const name = fc.stringMatching(/^[a-z]{3,24}_$/);
  return fc.oneof(
    name.map(py.name),
    fc.oneof(name, fc.constantFrom(...hostileTexts)).map(py.text),
    fc.integer().map(py.integer),
  );
}

function called(tie: Tie): fc.Arbitrary<PyExpression> {
  const names = fc.constantFrom('col', 'when', 'coalesce', 'try_subtract');
  const parts = fc.array(tie('operand'), { maxLength: 3 });
  return fc.tuple(names, parts).map(([name, args]) => py.method(functions, name, args));
}

/** A function that ends with a lambda: nothing else is given one. */
function given(tie: Tie): fc.Arbitrary<PyExpression> {
  const names = fc.subarray(['item', 'place', 'total'], { minLength: 1 });
  return fc
    .tuple(tie('operand'), names, tie('operand'))
    .map(([of, parameters, body]) =>
      py.method(functions, 'transform', [of, py.lambda(parameters, body)]),
    );
}

function chained(tie: Tie): fc.Arbitrary<PyExpression> {
  const link = fc.tuple(
    fc.constantFrom('where', 'withColumn', 'alias', 'isNull'),
    fc.array(tie('operand'), { maxLength: 2 }),
  );
  const root = fc.oneof(called(tie), operated(tie));
  return fc
    .tuple(root, fc.array(link, { minLength: 1, maxLength: 4 }))
    .map(([start, links]) =>
      links.reduce((chain, [name, args]) => py.method(chain, name, args), start),
    );
}

function operated(tie: Tie): fc.Arbitrary<PyExpression> {
  const operator = fc.constantFrom<PyOperator>('&', '|', '+', '*');
  const parts = fc.array(tie('operand'), { minLength: 2, maxLength: 3 });
  return fc.tuple(operator, parts).map(([symbol, [first, ...rest]]) => {
    return py.operation(symbol, first ?? py.name('a'), ...rest);
  });
}
