import { expect } from 'chai';
import { showingCounts } from '../../cli/deploy-progress.ts';
import { progressLine } from '../../cli/progress.ts';

describe('progress of a deployment', () => {
  /** What a stream of so many columns was written. */
  function written(isTTY: boolean, show: (line: ReturnType<typeof progressLine>) => void): string {
    let text = '';
    const write = (more: string): boolean => {
      text += more;
      return true;
    };
    // All that a progress line looks at.
    show(progressLine({ isTTY, columns: 30, write } as unknown as NodeJS.WriteStream));
    return text;
  }
  /** What is shown of reports at these times. */
  function shown(reports: readonly (readonly [at: number, doing: string, done: number])[]) {
    const texts: string[] = [];
    let now = 0;
    const progress = { show: (text: string) => void texts.push(text), clear: () => undefined };
    const show = showingCounts(progress, () => now);
    for (const [at, doing, done] of reports) {
      now = at;
      show(doing, done, 100);
    }
    return texts;
  }

  it('is for terminals only, of one line, and leaves nothing behind', () => {
    const show = (line: ReturnType<typeof progressLine>): void => {
      line.show('reading 1/100, about a very long time left');
      line.clear();
    };
    expect(written(false, show)).to.equal('');
    expect(written(true, show)).to.equal('\r\u001b[Kreading 1/100, about a very l\r\u001b[K');
  });

  it('says how long the rest takes, once that can be told', () => {
    const texts = shown([
      [0, 'reading', 1],
      [1_000, 'reading', 6],
      [2_000, 'reading', 11],
      [20_000, 'reading', 91],
      [22_000, 'reading', 100],
      [22_001, 'writing', 1],
      [82_001, 'writing', 11],
    ]);
    expect(texts).to.deep.equal([
      'reading 1/100',
      'reading 6/100',
      'reading 11/100, about 18 s left',
      'reading 91/100, about 2 s left',
      'reading 100/100',
      'writing 1/100',
      'writing 11/100, about 9 min left',
    ]);
  });

  it('is not drawn more often than one can read, and begins anew where it is planned anew', () => {
    const texts = shown([
      [0, 'reading', 1],
      [50, 'reading', 2],
      [99, 'reading', 50],
      [100, 'reading', 51],
      [101, 'reading', 100],
      [9_000, 'reading', 1],
      [9_200, 'reading', 2],
    ]);
    expect(texts).to.deep.equal([
      'reading 1/100',
      'reading 51/100',
      'reading 100/100',
      'reading 1/100',
      'reading 2/100',
    ]);
  });
});
