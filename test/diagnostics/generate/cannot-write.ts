import { writeFiles } from '../../../codegen/writer.ts';

// The folder would have to be inside a file.
export default () => writeFiles('LICENSE', new Map([['manifest.json', '{}\n']]));
