import { resolve } from 'node:path';
import { loadLibrary } from '../../../cli/load-library.ts';

export default () => loadLibrary(resolve('test/diagnostics/generate/cannot-load.input.ts'));
