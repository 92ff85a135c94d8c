"""Spark's functions of columns that the compiler may emit: each gives a value that tells of all its columns.

What is not in these lists is refused, so a function that gave less, or more, cannot come in unseen.
"""

# Functions of columns alone: a bare text among their arguments would be the name of a column.
FUNCTIONS = {
    *("array", "coalesce", "create_map", "when"),
    *("abs", "ceil", "floor", "greatest", "isnan", "least", "nanvl", "pmod", "pow", "signum"),
    *("sqrt", "try_add", "try_divide", "try_multiply", "try_subtract"),
    *("acos", "asin", "atan", "atan2", "cbrt", "cos", "cosh", "degrees", "exp", "expm1", "hypot"),
    *("log", "log10", "log1p", "log2", "radians", "sin", "sinh", "tan", "tanh", "width_bucket"),
    *("ascii", "bin", "crc32", "hex", "xxhash64"),
    *("array_contains", "array_distinct", "array_except", "array_intersect", "array_max"),
    *("array_min", "array_size", "array_union", "arrays_overlap", "flatten", "map_entries"),
    *("json_array_length", "json_object_keys", "map_keys"),
    *("map_values", "sort_array", "try_element_at"),
    *("datediff", "dayofmonth", "dayofweek", "dayofyear", "hour", "last_day", "minute", "month"),
    *("months_between", "quarter", "second", "timestamp_micros", "timestamp_millis"),
    *("timestamp_seconds", "to_date", "to_timestamp", "try_to_timestamp", "unix_micros"),
    *("unix_millis", "unix_seconds", "weekofyear", "year"),
    *(
        "concat",
        "length",
        "levenshtein",
        "octet_length",
        "lower",
        "ltrim",
        "position",
        "replace",
        "reverse",
    ),
    *("regexp_count", "regexp_extract_all", "right", "rtrim", "split_part", "trim", "upper"),
}
# Function -> how many plain constants follow its column.
WITH_CONSTANTS = {
    "add_months": 1,
    "array_join": 1,
    "bround": 1,
    "date_format": 1,
    "from_utc_timestamp": 1,
    "get_json_object": 1,
    "lpad": 2,
    "next_day": 1,
    "regexp_extract": 2,
    "regexp_replace": 2,
    "repeat": 1,
    "round": 1,
    "rpad": 2,
    "sha2": 1,
    "shiftleft": 1,
    "shiftright": 1,
    "slice": 2,
    "split": 1,
    "substring": 2,
    "substring_index": 2,
    "to_utc_timestamp": 1,
    "translate": 2,
    "trunc": 1,
}
# Functions whose columns follow one plain constant.
AFTER_CONSTANT = {"concat_ws", "date_trunc"}
# Functions of a column, and a column or plain number: a text would be the name of a column.
NUMBER_OR_COLUMN = {"date_add"}
# Methods whose operand may be a plain constant, which is never a column's name.
TAKES_CONSTANTS = {
    *("contains", "endswith", "eqNullSafe", "isin", "like", "rlike", "startswith"),
}
METHODS = TAKES_CONSTANTS | {
    *("bitwiseAND", "bitwiseOR", "bitwiseXOR", "isNotNull", "isNull", "otherwise", "when"),
}

# Functions of lists and maps that end with a lambda -> how many columns come first, what it is given.
WITH_LAMBDA = {
    "transform": (1, ("item", "place")),
    "filter": (1, ("item", "place")),
    "exists": (1, ("item",)),
    "forall": (1, ("item",)),
    "aggregate": (2, ("total", "item")),
    "zip_with": (2, ("item", "other")),
    "map_filter": (1, ("key", "value")),
    "transform_values": (1, ("key", "value")),
}

# Aggregate function -> how many columns it is of.
AGGREGATES = {
    **dict.fromkeys(
        ("avg", "count", "count_distinct", "count_if", "max", "min", "sum", "try_sum"), 1
    ),
    **dict.fromkeys(("bool_and", "bool_or", "median", "skewness", "kurtosis"), 1),
    **dict.fromkeys(("stddev_pop", "stddev_samp", "var_pop", "var_samp"), 1),
    **dict.fromkeys(("covar_pop", "covar_samp", "max_by", "min_by"), 2),
}
# Those whose lists are in no order of their own, so they are emitted sorted; bare, they are refused.
GATHERING = {"collect_list", "collect_set"}
