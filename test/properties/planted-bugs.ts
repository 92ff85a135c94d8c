/** A mistake that the compiler could make: what it would write in place of what it writes. */
export interface PlantedBug {
  readonly name: string;
  readonly written: RegExp;
  readonly instead: string;
}

/** One of each kind of mistake in emitted PySpark: order, nulls, ties, bounds, kinds of joins, types, and wrong functions. */
export const plantedBugs: readonly PlantedBug[] = [
  bug('nulls come last where they come first', /_nulls_first\(/g, '_nulls_last('),
  bug('nulls come first where they come last', /_nulls_last\(/g, '_nulls_first('),
  bug('descending becomes ascending', /\.desc_nulls/g, '.asc_nulls'),
  bug('ascending becomes descending', /\.asc_nulls/g, '.desc_nulls'),
  bug('ties keep all rows', /F\.row_number\(\)/g, 'F.rank()'),
  bug('the second row is kept', /F\.col\("_row"\) (==|<=) (\d+)/g, 'F.col("_row") == $2 + 1'),
  bug('one row more', /\.limit\((\d+)\)/g, '.limit($1 + 1)'),
  bug(
    'the second column of a partition is left out',
    /partitionBy\(("\w+"), [^)]*\)/g,
    'partitionBy($1)',
  ),
  bug('an inner join keeps all rows', /"inner"/g, '"left"'),
  bug('a left join loses rows', /"left"/g, '"inner"'),
  bug('a semi join becomes an anti join', /"left_semi"/g, '"left_anti"'),
  bug('an anti join becomes a semi join', /"left_anti"/g, '"left_semi"'),
  bug('equal becomes equal or both null', / == (?=F\.col\("r_)/g, '.eqNullSafe'),
  bug('columns meet by place', /\.unionByName\(/g, '.union('),
  bug('doubles go in a union', /(\.unionByName\(\w+(?:\.select\([^)]*\))?\))/g, '$1.distinct()'),
  bug('shared rows become missing ones', /\.intersect\(/g, '.subtract('),
  bug('shared rows keep doubles', /\.intersect\(/g, '.intersectAll('),
  bug('remaining rows keep doubles', /\.subtract\(/g, '.exceptAll('),
  bug('lists without elements go', /F\.explode_outer\(/g, 'F.explode('),
  bug('lists without elements stay', /F\.explode\(/g, 'F.explode_outer('),
  bug('lists without elements stay, placed', /F\.posexplode\(/g, 'F.posexplode_outer('),
  bug('lists without elements go, placed', /F\.posexplode_outer\(/g, 'F.posexplode('),
  bug(
    'null is counted',
    /F\.count\((?!"\*"|F\.lit)/g,
    'F.count(F.lit(1)) - F.count(F.lit(None)) + 0 * F.count(',
  ),
  bug('doubles are counted', /F\.count_distinct\(/g, 'F.count('),
  bug('the least becomes the greatest', /F\.min\(/g, 'F.max('),
  bug('the greatest becomes the least', /F\.max\(/g, 'F.min('),
  bug('a mean becomes a sum', /F\.avg\(/g, 'F.sum('),
  bug('groups lose a key', /\.groupBy\(("\w+"), "\w+"\)/g, '.groupBy($1)'),
  bug('and becomes or', / & /g, ' | '),
  bug('or becomes and', / \| /g, ' & '),
  bug('not is forgotten', /~/g, ''),
  bug('less becomes less or equal', / < /g, ' <= '),
  bug('greater becomes greater or equal', / > /g, ' >= '),
  bug('at most becomes less', / <= /g, ' < '),
  bug('at least becomes greater', / >= /g, ' > '),
  bug('a null-safe equality is none', /\.eqNullSafe\(/g, '.__eq__('),
  bug('null becomes not null', /\.isNull\(\)/g, '.isNotNull()'),
  bug('not null becomes null', /\.isNotNull\(\)/g, '.isNull()'),
  bug('the first of two values is left out', /F\.coalesce\((F\.col\("\w+"\)), /g, 'F.coalesce('),
  bug('greatest becomes least', /F\.greatest\(/g, 'F.least('),
  bug('least becomes greatest', /F\.least\(/g, 'F.greatest('),
  bug('plus becomes minus', /F\.try_add\(/g, 'F.try_subtract('),
  bug('minus becomes plus', /F\.try_subtract\(/g, 'F.try_add('),
  bug('a remainder keeps its sign', /F\.pmod\(/g, '(lambda a, b: a % b)('),
  bug('halves are rounded to the even digit', /F\.round\(/g, 'F.bround('),
  bug('up becomes down', /F\.ceil\(/g, 'F.floor('),
  bug('down becomes up', /F\.floor\(/g, 'F.ceil('),
  bug(
    'text starts one character later',
    /F\.substring\((.+?), (\d+), /g,
    'F.substring($1, $2 + 1, ',
  ),
  bug('upper becomes lower', /F\.upper\(/g, 'F.lower('),
  bug('lower becomes upper', /F\.lower\(/g, 'F.upper('),
  bug('only one side is trimmed', /F\.[lr]trim\(/g, 'F.trim('),
  bug('the beginning becomes anywhere', /\.startswith\(/g, '.contains('),
  bug('the end becomes anywhere', /\.endswith\(/g, '.contains('),
  bug('the end of a pattern lets a line break pass', /\\\\z"/g, '$"'),
  bug('a day more', /F\.date_add\((.+?), /g, 'F.date_add($1, F.lit(1) + '),
  bug('the other way round the world', /F\.from_utc_timestamp\(/g, 'F.to_utc_timestamp('),
  bug('a condition is not looked at', /F\.when\(/g, 'F.when(F.lit(True) | '),
  bug('what is left over is null', /\.otherwise\([^()]*\)/g, ''),
  bug('milliseconds become microseconds', /F\.unix_millis\(/g, 'F.unix_micros('),
  bug('rows leave the filter out', /\.where\(F\.col\("\w+"\)\)/g, ''),
];

function bug(name: string, written: RegExp, instead: string): PlantedBug {
  return { name, written, instead };
}

/** A script with a mistake everywhere that it can be made, its comments aside; the same text where it cannot. */
export function withBug(script: string, { written, instead }: PlantedBug): string {
  const lines = script.split('\n');
  return lines
    .map((line) => (line.trimStart().startsWith('#') ? line : line.replaceAll(written, instead)))
    .join('\n');
}
