import { call, method, symbol } from '../python/build.ts';
import type { PyExpression } from '../python/tree.ts';

/** `F`: Spark's functions of columns. */
export const functions = symbol({ module: 'pyspark.sql', name: 'functions', alias: 'F' });
/** `T`: Spark's types. */
export const types = symbol({ module: 'pyspark.sql', name: 'types', alias: 'T' });
export const dataFrame = symbol({ module: 'pyspark.sql', name: 'DataFrame' });
export const window = symbol({ module: 'pyspark.sql', name: 'Window' });
/** The support module that every library brings along. */
export const lakewright = symbol({ module: 'lakewright_runtime', alias: 'lakewright' });
export const sys = symbol({ module: 'sys' });

/** `F.name(...)` */
export function f(name: string, ...positional: readonly PyExpression[]): PyExpression {
  return method(functions, name, positional);
}

/** `T.name(...)` */
export function t(
  name: string,
  positional: readonly PyExpression[] = [],
  keywords: Readonly<Record<string, PyExpression>> = {},
): PyExpression {
  return call({ kind: 'attribute', value: types, name }, positional, keywords);
}
