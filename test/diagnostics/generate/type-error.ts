import { resolve } from 'node:path';
import { checkedLibrary } from '../../../cli/checked-library.ts';

export default () => checkedLibrary(resolve('test/diagnostics/generate/type-error.input.ts'));
