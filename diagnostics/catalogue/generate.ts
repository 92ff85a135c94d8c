import { message } from '../message.ts';
import { listed, named, visible } from '../wording.ts';

/** Reading the author's files and writing the generated ones. */
export const generateMessages = {
  'generate/stale': message<{ files: readonly string[]; command: string }>({
    about:
      'The committed generated files differ from what the library says now, so a reviewer would look at something else than what runs.',
    text: ({ files }) =>
      `${files.length} generated ${files.length === 1 ? 'file is' : 'files are'} out of date: ${listed(files)}`,
    hint: ({ command }) => `run \`${command}\` and commit the result`,
  }),
  'generate/cannot-load': message<{ file: string; reason: string }>({
    about: 'The library file could not be run: it is missing, or it threw an error.',
    text: ({ file, reason }) => `${named(file)} cannot be loaded: ${visible(reason)}`,
    hint: () => 'the file runs with Node and imports the language from `#lakewright`',
  }),
  'generate/no-library': message<{ file: string; found: string }>({
    about: 'The library file must export a library as its default.',
    text: ({ file, found }) => `${named(file)} exports ${found} as its default, expected a library`,
    hint: () => "end the file with `export default library('name', { jobs: [...] })`",
  }),
  'generate/type-error': message<{ code: string; text: string }>({
    about:
      'TypeScript refuses the library. Nothing is generated from a program that does not compile.',
    text: ({ text }) => visible(text),
    hint: ({ code }) => `the editor shows it in place (${code})`,
  }),
  'generate/cannot-write': message<{ path: string; reason: string }>({
    about:
      'A generated file could not be written. Files are rendered in memory first, so none is half-written.',
    text: ({ path, reason }) => `${named(path)} cannot be written: ${visible(reason)}`,
    hint: () => 'check the rights on the folder and the space on the disk',
  }),
  'generate/foreign-file': message<{ path: string }>({
    about: 'A file that the generator did not write stands where it wants to write.',
    text: ({ path }) => `${named(path)} was not generated, so it is not overwritten`,
    hint: () => 'move it away, or generate into another folder',
  }),
};
