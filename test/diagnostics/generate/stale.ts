import { checkFiles } from '../../../codegen/writer.ts';

const files = new Map([
  ['jobs/days.py', 'from pyspark.sql import DataFrame\n'],
  ['manifest.json', '{}\n'],
]);

export default () => checkFiles('test/diagnostics/generate/nothing', files, 'npm run generate');
