import { expect } from 'chai';
import {
  DiagnosticError,
  diagnostic,
  InternalError,
  listed,
  named,
  nearest,
  render,
} from '../../diagnostics/index.ts';

const unknownColumn = (column: string, span = { file: 'a.ts', line: 2, column: 4 }) =>
  diagnostic('schema/unknown-column', { column, known: ['user'] }, { span });

const source = (text: string) => ({ readSource: () => text });

describe('rendering of diagnostics', () => {
  it('shows the line and puts the caret under the whole name', () => {
    const text = render([unknownColumn('usr')], source("const a = b\n  .select('usr');\n"));
    expect(text.split('\n').slice(1, 4)).to.deep.equal([
      '  --> a.ts:2:4',
      "2 |   .select('usr');",
      '  |    ^^^^^^',
    ]);
  });

  it('keeps the caret in place behind tabs', () => {
    const text = render([unknownColumn('usr')], source("x\n\t\t.select('usr');\n"));
    expect(text).to.contain("2 |     .select('usr');\n  |      ^^^^^^\n");
  });

  it('names the place alone where the file cannot be read, or has changed meanwhile', () => {
    const place = '  --> a.ts:2:4\n   = hint';
    expect(render([unknownColumn('usr')])).to.contain(place);
    expect(render([unknownColumn('usr')], source('x'))).to.contain(place);
    expect(render([unknownColumn('usr')], source('x\ny'))).to.contain(place);
  });

  it('cuts a long line around the place', () => {
    const line = `${'a'.repeat(400)}.select(${'b'.repeat(400)})`;
    const span = { file: 'a.ts', line: 1, column: 402 };
    const text = render([unknownColumn('usr', span)], source(line));
    for (const one of text.split('\n')) expect(one.length).to.be.lessThan(130);
    const [, , shown = '', caret = ''] = text.split('\n');
    expect(shown.slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1)).to.equal('select');
  });

  it('puts nothing on the terminal that moves the cursor or hides text', () => {
    const hostile = 'a\u001b[2K\r\n\u202e\u0000b';
    const text = render([unknownColumn(hostile)], source(`x\n  .${hostile}`));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
    expect(text).not.to.match(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(text).to.contain('`a\\u001b[2K\\u000d\\n\\u202e\\u0000b`');
  });

  it('colours only where asked', () => {
    expect(render([unknownColumn('usr')])).not.to.contain('\u001b');
    expect(render([unknownColumn('usr')], { color: true })).to.contain('\u001b[31;1merror');
  });

  it('separates findings by a blank line', () => {
    const text = render([unknownColumn('a'), unknownColumn('b')]);
    expect(text.split('\n\n')).to.have.length(2);
  });
});

describe('words of messages', () => {
  it('lists names, and cuts long lists', () => {
    expect(listed(['a'])).to.equal('`a`');
    expect(listed(['a', 'b', 'c'])).to.equal('`a`, `b` and `c`');
    expect(listed(['a', 'b', 'c'], 1)).to.equal('`a` and 2 more');
    expect(listed([])).to.equal('nothing');
  });

  it('cuts absurdly long names, and closes no backtick early', () => {
    expect(named('x'.repeat(1000)).length).to.be.lessThan(90);
    expect(named('a`b')).to.equal("`a'b`");
  });

  it('finds the name that was meant, or none', () => {
    expect(nearest('usr', ['time', 'user'])).to.equal('user');
    expect(nearest('Email', ['email'])).to.equal('email');
    expect(nearest('birthday', ['time', 'user'])).to.equal(undefined);
    expect(nearest('x'.repeat(100_000), ['user'])).to.equal(undefined);
  });
});

describe('errors', () => {
  it('exit with 3 where a privacy rule refuses, else with 1', () => {
    const privacy = diagnostic('privacy/not-an-alias', { column: 'serial' });
    expect(new DiagnosticError([unknownColumn('usr')]).exitCode).to.equal(1);
    expect(new DiagnosticError([unknownColumn('usr'), privacy]).exitCode).to.equal(3);
  });

  it('exit with 70 where the mistake is ours', () => {
    const error = new InternalError('no rule', { details: '#1 read', cause: new Error('why') });
    expect(error).to.include({ exitCode: 70, details: '#1 read' });
    expect(error.cause).to.be.instanceOf(Error);
  });
});
