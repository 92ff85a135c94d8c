"""Which Python of an author's may run in a job: one function of a frame, in straight lines, with names
from a list. What is not listed is refused, so that it can do nothing but build another frame.
"""

import ast
from collections.abc import Iterator

# Methods of frames, groups, columns and windows that build: none of them runs anything or gives a value,
# writes, leads to the session or takes a function.
_METHODS = frozenset(
    """
    agg alias asc asc_nulls_first asc_nulls_last avg between bitwiseAND bitwiseOR bitwiseXOR cast
    contains crossJoin cube desc desc_nulls_first desc_nulls_last distinct drop dropDuplicates
    dropFields dropna endswith eqNullSafe exceptAll fillna filter getField getItem groupBy ilike
    intersect intersectAll isNotNull isNull isin join like limit max mean min orderBy otherwise over
    partitionBy rangeBetween rlike rollup rowsBetween select selectExpr sort startswith substr
    subtract sum toDF union unionAll unionByName unpivot when where withColumn withColumnRenamed
    withColumns withField
    """.split()  # noqa: SIM905 (a page of names reads as such)
)
# Of pyspark.sql.functions; its other names are modules, the session, or functions that make functions.
_FUNCTIONS = frozenset(
    """
    abs acos add_months approx_count_distinct array array_contains array_distinct array_except
    array_intersect array_join array_max array_min array_position array_remove array_repeat
    array_sort array_union arrays_overlap arrays_zip asc ascii asin atan atan2 avg base64 bin
    bround cbrt ceil coalesce col collect_list collect_set concat concat_ws conv corr cos cosh
    count countDistinct count_distinct covar_pop covar_samp crc32 create_map cume_dist
    date_add date_format date_sub date_trunc datediff dayofmonth dayofweek dayofyear decode
    degrees dense_rank desc element_at encode exp explode explode_outer expm1 expr factorial first
    flatten floor format_number format_string from_json from_unixtime from_utc_timestamp
    get_json_object greatest hash hex hour hypot initcap instr isnan isnull kurtosis lag last
    last_day lead least length levenshtein lit locate log log10 log1p log2 lower lpad ltrim
    make_date map_concat map_entries map_from_arrays map_from_entries map_keys map_values max
    max_by mean md5 min min_by minute month months_between nanvl next_day nth_value ntile
    overlay percent_rank percentile_approx pmod posexplode posexplode_outer pow quarter radians
    rank regexp_extract regexp_replace repeat reverse round row_number rpad rtrim second sequence
    sha1 sha2 shiftleft shiftright signum sin sinh size skewness slice sort_array soundex split
    sqrt stddev stddev_pop stddev_samp struct substring substring_index sum sum_distinct tan tanh
    timestamp_seconds to_date to_json to_timestamp to_utc_timestamp translate trim trunc unbase64
    unhex unix_timestamp upper var_pop var_samp variance weekofyear when window xxhash64 year
    """.split()  # noqa: SIM905
)
_WINDOW = frozenset(("orderBy", "partitionBy", "rangeBetween", "rowsBetween"))
_BOUNDS = frozenset(("currentRow", "unboundedFollowing", "unboundedPreceding"))
_OPERATORS = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.List, ast.Tuple, ast.Dict, ast.Subscript)
_SYMBOLS = (ast.operator, ast.unaryop, ast.cmpop, ast.expr_context)


class Fault(Exception):
    """What in the author's Python is not on the list."""


def function_name(text: str) -> str:
    """The name of the one function that a text defines.

    Raises Fault where it is anything else, or does anything else than to build a frame.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Fault("it is no Python") from None
    match tree.body:
        case [
            ast.FunctionDef(
                name=name,
                args=ast.arguments(
                    posonlyargs=[],
                    args=[ast.arg(arg=frame, annotation=None)],
                    vararg=None,
                    kwonlyargs=[],
                    kwarg=None,
                    defaults=[],
                ),
                body=[*steps, ast.Return(value=ast.expr() as result)],
                decorator_list=[],
                returns=None,
            ) as function
        ] if not getattr(function, "type_params", []):
            known = {_named(frame)}
            for step in steps:
                known |= set(_assigned(step, known))
            _require(result, known)
            return _named(name)
    raise Fault("it is not one function of one frame that ends by returning one")


def _assigned(step: ast.stmt, known: set[str]) -> Iterator[str]:
    match step:
        case ast.Expr(value=ast.Constant(value=str())):
            return
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            _require(value, known)
            yield _named(name)
            return
    raise Fault(f"line {step.lineno} neither gives a name to a value nor returns one")


def _named(name: str) -> str:
    if name.startswith("_") or name in ("F", "Window"):
        raise Fault(f"{name} is no name to give")
    return name


def _require(node: ast.expr, known: set[str]) -> None:
    """Only names that are known, constants, operators, and calls of what is listed."""
    match node:
        case ast.Constant(value=str() | bool() | int() | float() | None):
            return
        case ast.Name(id=name) if name in known:
            return
        case ast.Attribute(value=ast.Name(id="Window"), attr=bound) if bound in _BOUNDS:
            return
        case ast.Call(func=ast.Attribute(value=of, attr=name), args=args, keywords=keywords):
            _require_callable(of, name, known)
            for keyword in keywords:
                if keyword.arg is None:
                    break
            else:
                for one in (*args, *(keyword.value for keyword in keywords)):
                    _require(one, known)
                return
        case _ if isinstance(node, _OPERATORS):
            for part in ast.iter_child_nodes(node):
                if isinstance(part, ast.expr):
                    _require(part, known)
                elif not isinstance(part, _SYMBOLS):
                    break
            else:
                return
    raise Fault(f"line {node.lineno}: {ast.unparse(node)[:80]} is not allowed")


def _require_callable(of: ast.expr, name: str, known: set[str]) -> None:
    match of:
        case ast.Name(id="F"):
            listed = _FUNCTIONS
        case ast.Name(id="Window"):
            listed = _WINDOW
        case _:
            _require(of, known)
            # A text has methods of these names too, and none of the others.
            listed = _METHODS
    if name not in listed:
        raise Fault(f"line {of.lineno}: {name} is not allowed")
