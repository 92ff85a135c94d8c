"""Spark's functions of columns that the compiler may emit: each gives a value that tells of all its columns.

What is not in these lists is refused, so a function that gave less, or more, cannot come in unseen.
"""

# Functions of columns alone: a bare text among their arguments would be the name of a column.
FUNCTIONS = {
    *("coalesce", "when"),
    *(
        "abs",
        "ceil",
        "floor",
        "greatest",
        "isnan",
        "least",
        "nanvl",
        "pmod",
        "pow",
        "signum",
        "sqrt",
    ),
    *("acos", "asin", "atan", "atan2", "cbrt", "cos", "cosh", "degrees", "exp", "expm1", "hypot"),
    *("log", "log10", "log1p", "log2", "radians", "sin", "sinh", "tan", "tanh", "width_bucket"),
    *("ascii", "bin", "crc32", "hex", "xxhash64"),
    *("try_add", "try_divide", "try_multiply", "try_subtract"),
    *("concat", "length", "levenshtein", "lower", "ltrim", "position", "replace", "reverse"),
    *("right", "rtrim", "trim", "upper"),
}
# Function -> how many plain constants follow its column.
WITH_CONSTANTS = {
    "bround": 1,
    "lpad": 2,
    "regexp_extract": 2,
    "regexp_replace": 2,
    "repeat": 1,
    "round": 1,
    "rpad": 2,
    "shiftleft": 1,
    "shiftright": 1,
    "split": 1,
    "substring": 2,
    "substring_index": 2,
    "translate": 2,
}
# Functions whose columns follow one plain constant.
AFTER_CONSTANT = {"concat_ws"}
# Methods whose operand may be a plain constant, which is never a column's name.
TAKES_CONSTANTS = {
    *("contains", "endswith", "eqNullSafe", "isin", "like", "rlike", "startswith"),
}
METHODS = TAKES_CONSTANTS | {
    *("bitwiseAND", "bitwiseOR", "bitwiseXOR", "isNotNull", "isNull", "otherwise", "when"),
}
