import { resolve } from 'node:path';
import { loadLibrary } from '../../../cli/load-library.ts';

// Its own default export is a function.
export default () => loadLibrary(resolve('test/diagnostics/generate/no-library.ts'));
