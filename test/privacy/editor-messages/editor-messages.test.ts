import { readFile, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { type EditorMessage, editorMessages, shown } from '../editor.ts';

const folder = 'test/privacy/editor-messages';
const golden = `${folder}/editor-messages.txt`;

/** `UPDATE=1` writes the text anew. */
describe('what the editor says of the ten commonest leaks', () => {
  let messages: readonly EditorMessage[] = [];
  let titles: readonly RegExpExecArray[] = [];
  before(async () => {
    messages = await editorMessages(`${folder}/leaks.ts`, 'editor-messages');
    titles = [...(await readFile(`${folder}/leaks.ts`, 'utf8')).matchAll(/^\/\/ (\d+\. .*)$/gm)];
  });

  it('is one message for each', () => {
    expect(messages).to.have.length(10);
    expect(titles).to.have.length(10);
  });

  it('is the text that is kept', async () => {
    const texts = messages.map((one, index) => `${titles[index]?.[1]}\n\n${shown(one)}`);
    const text = texts.join('\n\n');
    if (process.env['UPDATE'] === '1') await writeFile(golden, text);
    expect(text).to.equal(await readFile(golden, 'utf8'));
  });

  it('is a sentence that says what to do', () => {
    for (const { source, text } of messages)
      expect(text, source).to.match(/ use keepConsented|drop or pseudonymize/);
  });
});
