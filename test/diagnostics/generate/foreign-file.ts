import { writeFiles } from '../../../codegen/writer.ts';

// This very file is in the way.
export default () =>
  writeFiles('test/diagnostics/generate', new Map([['foreign-file.ts', 'generated\n']]));
