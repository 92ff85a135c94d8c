"""What an expression over the columns of a frame gives, and which columns it tells of.

Only what the compiler emits is known. Everything keeps all labels of what it is computed from, except
`lakewright.elapsed_since` of two recorded times and `lakewright.band` of a column declared to be shown so.
"""

import ast
import re
from collections.abc import Iterable
from dataclasses import replace

from columnwise import (
    AFTER_CONSTANT,
    AGGREGATES,
    FUNCTIONS,
    GATHERING,
    METHODS,
    NUMBER_OR_COLUMN,
    TAKES_CONSTANTS,
    WITH_CONSTANTS,
    WITH_LAMBDA,
)
from frames import NO_LABELS, QUASI, Column, Frame, Value
from refusal import Refusal, shown
from shapes import plain_name

_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Mod, ast.BitAnd, ast.BitOr)
_COMPARISONS = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_TYPE = r"string|int|bigint|double|boolean|date|timestamp|decimal\(\d{1,2}, \d{1,2}\)"
_TRY_CAST = re.compile(rf"try_cast\(`([A-Za-z_][A-Za-z0-9_]*)` AS (?:{_TYPE})\)")


def value_of(node: ast.expr, frame: Frame) -> Value:
    """The value of a Spark column; a Refusal of anything that is not known."""
    match node:
        case ast.BinOp(left=left, op=op, right=right) if isinstance(op, _OPERATORS):
            return _computed(value_of(left, frame), _operand(right, frame))
        case ast.Compare(left=left, ops=[op], comparators=[right]) if isinstance(op, _COMPARISONS):
            return _computed(value_of(left, frame), _operand(right, frame))
        case ast.UnaryOp(op=ast.Invert() | ast.USub(), operand=operand):
            return _computed(value_of(operand, frame))
        case ast.Name(id=name) if name in frame.given:
            return frame.given[name]
        case ast.Call(func=ast.Attribute(value=ast.Name("F"), attr=name), keywords=[]):
            if lambda_of(node) is not None:
                return _each(node, frame)
            return _function(node, name, node.args, frame)
        case ast.Call(
            func=ast.Attribute(value=ast.Name("lakewright"), attr="elapsed_since"),
            args=[later, earlier],
            keywords=[],
        ):
            return _elapsed(later, earlier, frame)
        case ast.Call(
            func=ast.Attribute(value=ast.Name("lakewright"), attr="band"),
            args=[operand, ast.Constant(value=int() as width)],
            keywords=[],
        ):
            return _band(node, value_of(operand, frame), width, frame)
        case ast.Call(
            func=ast.Attribute(value=ast.Name("lakewright"), attr="in_calendar" | "to_json"),
            args=[operand],
            keywords=[],
        ):
            return _computed(value_of(operand, frame))
        case ast.Call(
            func=ast.Attribute(value=ast.Name("lakewright"), attr="from_json"),
            args=[operand, ast.Constant(value=str())],
            keywords=[],
        ):
            return _computed(value_of(operand, frame))
        case ast.Call(func=ast.Attribute(value=receiver, attr=name), args=args, keywords=[]):
            return _method(node, value_of(receiver, frame), name, args, frame)
    raise Refusal(f"`{shown(node)}` is no expression that the compiler emits", node)


def aliased(node: ast.expr) -> tuple[ast.expr, str]:
    """The expression and the name of `expression.alias("name")`."""
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr="alias"), args=[name], keywords=[]):
            return value, plain_name(name)
    raise Refusal(f"expected a named column, found `{shown(node)}`", node)


def _field(node: ast.expr) -> ast.expr:
    """What stands in a field of a struct, with a name or without."""
    match node:
        case ast.Call(func=ast.Attribute(attr="alias")):
            return aliased(node)[0]
    return node


def aggregate_of(node: ast.expr, frame: Frame) -> Column:
    """The column that an aggregate function gives; it keeps its operands' labels, of any number of rows."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name("F"), attr=name), args=args, keywords=[]):
            match name, args:
                case "sort_array", [
                    ast.Call(
                        func=ast.Attribute(value=ast.Name("F"), attr=gathering),
                        args=[operand],
                        keywords=[],
                    )
                ] if gathering in GATHERING:
                    return _measure(value_of(operand, frame))
                case "try_divide", [above, ast.BinOp(left=left, op=ast.Mult(), right=right)]:
                    return _of_all(aggregate_of(one, frame) for one in (above, left, right))
                case "when", [condition, value]:
                    return _of_all([*_compared_in(condition, frame), aggregate_of(value, frame)])
                case "percentile", [operand, share] if is_number(share):
                    return _measure(value_of(operand, frame))
                case (("min" | "max"), [operand]):
                    value = value_of(operand, frame)
                    copied = value.copy_of is not None and frame.column(value.copy_of)
                    recorded = bool(copied) and copied.is_recorded
                    return replace(_measure(value), is_recorded=recorded)
            if AGGREGATES.get(name) == len(args):
                return _measure(_computed(*(value_of(one, frame) for one in args)))
    raise Refusal(f"`{shown(node)}` is no aggregate that the compiler emits", node)


def _compared_in(node: ast.expr, frame: Frame) -> list[Column]:
    """The aggregates of `F.min(...) < F.max(...)`, and of several such with `&` between them."""
    match node:
        case ast.BinOp(left=left, op=ast.BitAnd(), right=right):
            return [*_compared_in(left, frame), *_compared_in(right, frame)]
        case ast.Compare(left=left, ops=[ast.Lt()], comparators=[right]):
            return [aggregate_of(left, frame), aggregate_of(right, frame)]
    raise Refusal(f"`{shown(node)}` is no condition of aggregates that the compiler emits", node)


def _of_all(parts: Iterable[Column]) -> Column:
    told = [*parts]
    labels = NO_LABELS.union(*(one.labels for one in told))
    return Column(labels, from_list=any(one.from_list for one in told))


def _measure(value: Value) -> Column:
    return Column(value.labels, from_list=value.from_list)


def column_name(node: ast.expr) -> str | None:
    """The name in `F.col("name")`."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("F"), attr="col"), args=[name], keywords=[]
        ):
            return plain_name(name)
    return None


def is_constant(node: ast.expr) -> bool:
    """A text, a number or a truth value."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return is_constant(node.operand)
    return isinstance(node, ast.Constant) and isinstance(node.value, str | int | float)


def is_number(node: ast.expr) -> bool:
    """A number, perhaps below zero."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return is_number(node.operand)
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def _computed(*values: Value) -> Value:
    labels = NO_LABELS.union(*(value.labels for value in values))
    return Value(labels, from_list=any(value.from_list for value in values))


def _operand(node: ast.expr, frame: Frame) -> Value:
    return Value() if is_constant(node) else value_of(node, frame)


def _function(node: ast.expr, name: str, args: list[ast.expr], frame: Frame) -> Value:
    if name == "col":
        own = column_name(node)
        if own is None:
            raise Refusal(f"`{shown(node)}` names no column", node)
        column = frame.column(own)
        return Value(column.labels, own, column.from_list)
    if name == "lit":
        none = len(args) == 1 and isinstance(args[0], ast.Constant) and args[0].value is None
        if len(args) == 1 and (none or is_constant(args[0])):
            return Value()
    elif name == "expr":
        return _try_cast(node, frame)
    elif name == "struct":
        return _computed(*(value_of(_field(one), frame) for one in args))
    elif name in FUNCTIONS:
        return _computed(*(value_of(one, frame) for one in args))
    elif name in NUMBER_OR_COLUMN and len(args) == 2:
        second = Value() if is_number(args[1]) else value_of(args[1], frame)
        return _computed(value_of(args[0], frame), second)
    elif name in WITH_CONSTANTS and args:
        constants = args[1:]
        if len(constants) == WITH_CONSTANTS[name] and all(map(is_constant, constants)):
            return _computed(value_of(args[0], frame))
    elif name in AFTER_CONSTANT and args and is_constant(args[0]):
        return _computed(*(value_of(one, frame) for one in args[1:]))
    raise Refusal(f"`{shown(node)}`: F.{name} is not emitted like this", node)


def lambda_of(node: ast.AST) -> tuple[list[ast.expr], list[str], ast.expr] | None:
    """Of a function that a lambda is given to: the columns before it, the names it gives, what it makes.

    The names are the compiler's own, so that none of them hides what a script calls.
    """
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("F"), attr=name),
            args=[*operands, ast.Lambda(args=given, body=body)],
            keywords=[],
        ) if name in WITH_LAMBDA:
            count, known = WITH_LAMBDA[name]
            names = [one.arg for one in given.args]
            plain = ast.unparse(given) == ", ".join(names)
            kinds = tuple(re.sub(r"_[1-9][0-9]*$", "", one) for one in names)
            fewest = known[:-1] if known[-1] == "place" else known
            if len(operands) == count and plain and kinds in (known, fewest):
                return operands, names, body
    return None


def _each(node: ast.expr, frame: Frame) -> Value:
    """What is made of a list tells of the whole list, and of all that the lambda reads besides."""
    found = lambda_of(node)
    if found is None:
        raise Refusal(f"`{shown(node)}` has no lambda", node)
    operands, names, body = found
    whole = _computed(*(value_of(one, frame) for one in operands))
    inner = replace(frame, given={**frame.given, **dict.fromkeys(names, whole)})
    return _computed(whole, value_of(body, inner))


def cast_column(node: ast.expr) -> str | None:
    """The name in `F.expr("try_cast(`name` AS ...)")`."""
    match node:
        case ast.Call(func=ast.Attribute(attr="expr"), args=[ast.Constant(value=str(text))]):
            found = _TRY_CAST.fullmatch(text)
            return found[1] if found else None
    return None


def _try_cast(node: ast.expr, frame: Frame) -> Value:
    """The one SQL text that there is: PySpark 3.5 has no method for it."""
    name = cast_column(node)
    if name is not None:
        column = frame.column(name)
        return Value(column.labels, from_list=column.from_list)
    raise Refusal(f"`{shown(node)}` is SQL text other than try_cast of one column", node)


def _method(
    node: ast.expr, receiver: Value, name: str, args: list[ast.expr], frame: Frame
) -> Value:
    if name == "cast" and len(args) == 1 and _is_text(args[0], _TYPE):
        return _computed(receiver)
    if name == "getField" and len(args) == 1:
        plain_name(args[0])
        return _computed(receiver)
    if name in METHODS:
        operand = _operand if name in TAKES_CONSTANTS else value_of
        return _computed(receiver, *(operand(one, frame) for one in args))
    raise Refusal(f"`{shown(node)}`: .{name}() is not emitted on a column", node)


def _is_text(node: ast.expr, pattern: str) -> bool:
    return isinstance(node, ast.Constant) and bool(re.fullmatch(pattern, str(node.value)))


def _elapsed(later: ast.expr, earlier: ast.expr, frame: Frame) -> Value:
    """How long after another event of the same person says no clock time.

    That holds of two times as they were recorded, in rows about one person each: the time since a computed
    instant, or since one that all people share, is a clock time again.
    """
    operands = [_instant(node, frame) for node in (later, earlier)]
    span = _computed(*operands)
    recorded = all(
        one.copy_of is not None and QUASI in one.labels and frame.column(one.copy_of).is_recorded
        for one in operands
    )
    if not (recorded and frame.state.single):
        return span
    return replace(span, labels=span.labels - {QUASI})


def _band(node: ast.expr, value: Value, width: int, frame: Frame) -> Value:
    """A band as wide as the column's declaration lets it be shown, or a multiple, which is no narrower."""
    declared = frame.column(value.copy_of).band if value.copy_of is not None else None
    if declared is None:
        raise Refusal(f"`{shown(node)}`: no declaration lets this be shown in bands", node)
    if width <= 0 or width % declared != 0:
        raise Refusal(f"`{shown(node)}`: declared are bands of {declared}", node)
    return Value(value.labels - {QUASI}, from_list=value.from_list)


def _instant(node: ast.expr, frame: Frame) -> Value:
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("F"), attr="unix_millis"), args=[one], keywords=[]
        ):
            return value_of(one, frame)
    return value_of(node, frame)
