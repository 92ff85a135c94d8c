/** What stands in a query besides texts, quoted names and comments. */
interface Word {
  /** In lower case. */
  readonly name: string;
  /** What comes before it: a dot, `AS`; '' at the beginning. */
  readonly before: string;
  /** How it is called, if it is. */
  readonly call?: 'with arguments' | 'without';
}

/** Spark's functions that give something else in another run, by the time, by chance, or by where it runs. */
const ofTheRun: readonly string[] = [
  ...['curdate', 'current_date', 'current_time', 'current_timestamp', 'localtimestamp', 'now'],
  ...['current_catalog', 'current_database', 'current_schema', 'current_timezone', 'version'],
  ...['current_user', 'session_user', 'user'],
  ...['input_file_block_length', 'input_file_block_start', 'input_file_name'],
  ...['monotonically_increasing_id', 'spark_partition_id'],
  ...['rand', 'randn', 'random', 'randstr', 'shuffle', 'uniform', 'uuid'],
  ...['java_method', 'reflect', 'try_reflect'],
];

/** Those that SQL calls without parentheses, unless a column has the name. */
const bare: readonly string[] = [
  ...['current_date', 'current_time', 'current_timestamp', 'current_user'],
];

/**
 * The first function in a query, or in a function of PySpark, that gives something else in another run. What a text within it
 * says, only Spark can tell.
 * @param columns names of columns, which may be those of functions
 */
export function unrepeatable(text: string, columns: readonly string[]): string | undefined {
  const words = wordsOf(text);
  const named = words.filter(({ before }) => before === 'as').map(({ name }) => name);
  const known = new Set([...columns.map((name) => name.toLowerCase()), ...named]);
  const isAsked = ({ name, before, call }: Word): boolean => {
    if (call !== undefined) return ofTheRun.includes(name) || isUnixTime(name, call);
    return bare.includes(name) && !known.has(name) && before !== '.';
  };
  return words.find(isAsked)?.name;
}

function isUnixTime(name: string, call: Word['call']): boolean {
  return name === 'unix_timestamp' && call === 'without';
}

/** Texts, quoted names and comments; names, with how they are called; anything else, a character at a time. */
const parts =
  /--[^\n]*|\/\*[\s\S]*?\*\/|(["'`])(?:\\[\s\S]|(?!\1)[^\\])*\1|([A-Za-z_]\w*)(\s*\(\s*\)?)?|\S/g;

function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  let before = '';
  for (const [part, , name, call] of text.matchAll(parts)) {
    if (part.startsWith('--') || part.startsWith('/*')) continue;
    const lower = name?.toLowerCase();
    if (lower !== undefined) {
      const how = call?.endsWith(')') ? 'without' : 'with arguments';
      words.push({ name: lower, before, ...(call === undefined ? {} : { call: how }) });
    }
    before = lower ?? part;
  }
  return words;
}
