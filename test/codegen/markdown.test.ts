import { expect } from 'chai';
import { code, markdown, mermaidId, mermaidLabel } from '../../codegen/markdown.ts';

const hostile = [
  '| a | b |',
  '<script>alert(1)</script>',
  '<!-- comment',
  '# heading',
  '- item',
  '1. item',
  '1) item',
  '> quote',
  '---',
  '```js',
  '`code`',
  '[link](http://x)',
  '![image](x)',
  '**bold** _em_ ~~gone~~',
  'line\n\nbreak\r\n| cell |',
  '&lt;b&gt;',
  'back\\slash \\| pipe',
  '$x^2$',
  '{{name}} {{{raw}}}',
  'a\u202eb\u0000c',
  '"]; click x "javascript:1',
  'end',
];

/** What a reader sees: escapes undone. */
function shown(text: string): string {
  return text
    .replaceAll(/\\([\\`*_[\]~$])/g, '$1')
    .replaceAll(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)));
}

describe("an author's text in Markdown", () => {
  for (const text of hostile) {
    it(`shows what was written: ${JSON.stringify(text)}`, () => {
      const line = text
        .replaceAll(/\s+/g, ' ')
        .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
        .trim();
      expect(shown(markdown(text))).to.equal(line);
    });

    it(`is one cell of one line: ${JSON.stringify(text)}`, () => {
      expect(markdown(text)).to.not.match(/[\r\n|<>]/);
      expect(markdown(text)).to.not.match(/^(?:[#>+-]|\d+[.)]|=)/);
      // Inside a code span HTML is text.
      expect(code(text)).to.match(/^`[^`\r\n|]+`$|^[^\r\n|<>]+$/);
    });

    it(`stays inside a label of a diagram: ${JSON.stringify(text)}`, () => {
      expect(mermaidLabel(text)).to.not.match(/["\r\n<>`[\]{}()|]/);
    });
  }

  it('leaves usual prose as it is', () => {
    const prose = "Customers' newest version, if it consents (as of today): 50 % at most.";
    expect(markdown(prose)).to.equal(prose);
  });

  it('keeps names of one diagram apart', () => {
    expect(mermaidId('table', 'trusted.customer')).to.equal('table_trusted__customer');
    expect(mermaidId('table', 'trusted.a')).to.not.equal(mermaidId('job', 'trusted.a'));
  });
});
