import { expect } from 'chai';
import type { Expression } from '../../../algebra/expressions.ts';
import type { AuthorWords } from '../../../codegen/author-words.ts';
import { emitTransform } from '../../../codegen/pyspark/transform.ts';
import {
  aggregate,
  asc,
  call,
  column,
  dedupe,
  filter,
  join,
  literal,
  over,
  project,
  select,
  soleOwner,
  source,
  table,
  union,
} from '../../check/plain.ts';
import { hostileTexts } from '../hostile-texts.ts';
import { ruffFindings, runPython } from '../python-tools.ts';
import { schemasOf } from './schemas.ts';

/** Names that Spark cannot tell from others, or that SQL text cannot hold, are refused instead. */
const names = hostileTexts.filter((text) => text !== '' && !text.includes('${'));

describe('hostile names', () => {
  it('change nothing about the shape of a script but its names and texts', () => {
    // A benign name that needs quotes in Spark, so that both take the same way through the emitters.
    const [benign = '', ...hostile] = ['plain name', ...names].map(everywhere);
    const shapes = runPython(shapesOf, [benign, ...hostile]) as string[];
    for (const [index, shape] of shapes.entries()) {
      expect(shape, JSON.stringify(names[index - 1])).to.equal(shapes[0]);
    }
  });

  it('keep every script as ruff would have it', () => {
    expect(ruffFindings(names.map(everywhere))).to.equal('');
  });

  it('are refused where SQL text would substitute them', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Spark's own substitution is meant
    expect(() => everywhere('a${spark.app.name}')).to.throw('SQL text');
  });
});

/** A transform that has a name in every place that a name can come to. */
function everywhere(name: string): string {
  const landing = table('thing', {
    [name]: column('string'),
    other: column('long'),
    number: column('double?'),
  });
  const thing = source('landing.thing');
  const cast: Expression = { kind: 'cast', to: { kind: 'long' }, input: { kind: 'column', name } };
  const kept = filter(thing, call('ne', name, literal('string', name)));
  const cased = call('isIn', name, literal('string', name), literal('string', 'x'));
  const derived = project(kept, { [name]: name, other: 'other', number: 'number', cast, cased });
  const renamed = project(derived, { [`${name}2`]: name, other: 'other' }, 'rename');
  const joined = join('inner', derived, renamed, { [name]: `${name}2`, other: 'other' });
  const owned = soleOwner(dedupe(joined, ['other'], [asc(name)]), name, 'other');
  const summed = aggregate(owned, [name], { [`${name}3`]: over('max', name) });
  const twice = union(summed, select(summed, name, `${name}3`));
  const words: AuthorWords = { nameOf: () => name, commentOn: () => `${name} said` };
  const schemas = schemasOf([landing]);
  return emitTransform(twice, {
    schema: (relation) => schemas(twice, relation),
    words,
    doc: `${name} is what it is about`,
  });
}

/** Python's own view of modules: their syntax trees, names and texts left out. */
const shapesOf = `
import ast, json, sys

def shape(node):
    if isinstance(node, ast.AST):
        fields = [shape(value) for name, value in ast.iter_fields(node) if not texts(node, name)]
        return [type(node).__name__, *fields]
    if isinstance(node, list):
        return [shape(item) for item in node]
    return repr(node)

def texts(node, field):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return field == "value"
    return isinstance(node, ast.Name) and field == "id"

print(json.dumps([json.dumps(shape(ast.parse(text))) for text in json.load(sys.stdin)]))
`;
