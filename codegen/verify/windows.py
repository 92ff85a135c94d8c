"""Columns that rows of a window tell: the windows of a step, each said in full, and the step that uses them."""

import ast
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace

import states
from expressions import aggregate_of, is_number, value_of
from frames import NO_LABELS, Column, Frame, Labels, telling
from idioms import Block, ordering, orderings
from refusal import Refusal, shown
from shapes import plain_name
from states import State

# Functions of windows alone: how many columns they are of, and how many plain numbers follow these.
_BY_ROWS = {"row_number": (0, 0), "ntile": (0, 1), "lag": (1, 1), "lead": (1, 1)}
_BY_ORDER = dict.fromkeys(("rank", "dense_rank", "percent_rank", "cume_dist"), (0, 0))
_OF_FRAME = {"first", "last"}
_BOUNDS = {"unboundedPreceding", "unboundedFollowing", "currentRow"}
_WHOLE = "decimal(20, 0)"


@dataclass(frozen=True)
class _Window:
    by: list[str]
    order: list[tuple[str, str]]
    """Columns with `asc_nulls_first` and the like."""
    unit: str | None
    """`rows` or `range`, where it has a frame."""


def read_windows(code: list[ast.stmt], frame_of: Callable[[ast.expr], Frame]) -> Block | None:
    """The windows and the step over them that a list of statements begins with; None of other code."""
    assigned = []
    for one in code:
        if not isinstance(one, ast.Assign) or len(one.targets) != 1:
            return None
        assigned.append(one)
        step = _step(one.value)
        if step and len(assigned) > 1:
            receiver, items, dropped = step
            windows = {_name(one.targets[0]): _window(one.value) for one in assigned[:-1]}
            frame = _with_columns(frame_of(receiver), items, windows)
            for name in dropped:
                frame.column(name)
            columns = {name: one for name, one in frame.columns.items() if name not in dropped}
            variables = [one.targets[0] for one in assigned]
            return Block(variables, replace(frame, columns=columns))
        if not _begins_with_window(one.value):
            return None
    return None


def _step(node: ast.expr) -> tuple[ast.expr, dict[str, ast.expr], list[str]] | None:
    """The frame, the new columns, and the passing columns that are dropped again."""
    match node:
        case ast.Call(
            func=ast.Attribute(
                value=ast.Call(func=ast.Attribute(attr="withColumn" | "withColumns")) as inner,
                attr="drop",
            ),
            args=names,
            keywords=[],
        ):
            found = _step(inner)
            return found and (found[0], found[1], [plain_name(name) for name in names])
        case ast.Call(
            func=ast.Attribute(value=receiver, attr="withColumn"), args=[name, value], keywords=[]
        ):
            return receiver, {plain_name(name): value}, []
        case ast.Call(
            func=ast.Attribute(value=receiver, attr="withColumns"),
            args=[ast.Dict(keys=keys, values=values)],
            keywords=[],
        ):
            names = [plain_name(key) for key in keys if key is not None]
            if len(set(names)) < len(values):
                raise Refusal("expected each name once", node)
            return receiver, dict(zip(names, values, strict=True)), []
    return None


def _with_columns(frame: Frame, items: dict[str, ast.expr], windows: dict[str, _Window]) -> Frame:
    """All rows with new columns, each of one window."""
    columns = dict(frame.columns)
    used: set[str] = set()
    for name, node in items.items():
        replace(frame, columns=columns).require_new(name)
        over = _windows_in(node)
        if len(over) != 1 or not over <= windows.keys():
            raise Refusal(f"`{shown(node)}` is not of one window of this step", node)
        used |= over
        columns[name] = _column(node, frame, windows[next(iter(over))])
    if used != windows.keys():
        raise Refusal(f"a window that nothing is of: {', '.join(sorted(windows.keys() - used))}")
    state = frame.state
    for window in windows.values():
        state = _state(state, window.by)
    return replace(frame, columns=columns, state=state)


def _state(state: State, by: list[str]) -> State:
    """Each row depends on the rows of its group; no row goes, so all versions of a subject stay."""
    if not state.is_owned:
        return state
    if state.keys.isdisjoint(by):
        return states.across_subjects(state)
    # Had rows from before consent been left out first, the others might have other values.
    state = states.after_pick(state, by)
    return state if state.complete == "versions" else states.with_fewer_rows(state)


def _column(node: ast.expr, frame: Frame, window: _Window) -> Column:
    for name in (*window.by, *(column for column, _ in window.order)):
        frame.column(name)
    own = _own(_without_over(node), frame, window)
    ordered = [column for column, _ in window.order if column not in window.by]
    labels = own.labels.union(*(frame.column(name).labels for name in ordered))
    labels |= _parted(window.by, frame)
    told = [frame.column(name) for name in (*window.by, *ordered)]
    from_list = own.from_list or any(column.from_list for column in told)
    # What is found in a list by a column tells what that tells.
    labels |= telling(labels) if from_list else NO_LABELS
    return replace(own, labels=labels, from_list=from_list)


def _parted(by: list[str], frame: Frame) -> Labels:
    """What grouping tells: of rows of one subject each group only which of them belong together."""
    labels = frozenset[str]().union(*(frame.column(name).labels for name in by))
    if not frame.state.is_owned or frame.state.keys.isdisjoint(by):
        return labels
    return frozenset(label for label in labels if label.startswith("pseudonym:"))


def _own(node: ast.expr, frame: Frame, window: _Window) -> Column:
    """What the function tells, whichever rows it is of."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name("F"), attr=name), args=args, keywords=[]):
            if name in _BY_ROWS or name in _BY_ORDER:
                return _placed(node, name, args, frame, window)
            if name in _OF_FRAME and args:
                return _of_frame(node, args, frame, window)
    if window.unit is None:
        raise Refusal(f"`{shown(node)}` is of no frame that is said", node)
    if window.unit == "rows" and window.order:
        _require_total(node, frame, window)
    return aggregate_of(node, frame)


def _placed(
    node: ast.expr, name: str, args: list[ast.expr], frame: Frame, window: _Window
) -> Column:
    columns, numbers = _BY_ROWS.get(name) or _BY_ORDER[name]
    if window.unit is not None or not window.order:
        raise Refusal(f"`{shown(node)}` needs an order, and no frame", node)
    if len(args) != columns + numbers or not all(map(is_number, args[columns:])):
        raise Refusal(f"`{shown(node)}` is not emitted like this", node)
    if name in _BY_ROWS:
        _require_total(node, frame, window)
    return _value(args[0], frame) if columns else Column()


def _of_frame(node: ast.expr, args: list[ast.expr], frame: Frame, window: _Window) -> Column:
    if window.unit != "rows":
        raise Refusal(f"`{shown(node)}` needs a frame of rows", node)
    match args[1:]:
        case [] | [ast.Constant(value=True)]:
            _require_total(node, frame, window)
            return _value(args[0], frame)
    raise Refusal(f"`{shown(node)}` is not emitted like this", node)


def _value(node: ast.expr, frame: Frame) -> Column:
    """The value of another row; a recorded time is one there too."""
    value = value_of(node, frame)
    copied = value.copy_of is not None and frame.column(value.copy_of).is_recorded
    return Column(value.labels, from_list=value.from_list, is_recorded=bool(copied))


def _require_total(node: ast.expr, frame: Frame, window: _Window) -> None:
    loose = frame.columns.keys() - set(window.by) - {column for column, _ in window.order}
    if loose or not window.order:
        said = ", ".join(sorted(loose)) or "the rows"
        raise Refusal(f"`{shown(node)}` is not determined: nothing orders {said}", node)


def _windows_in(node: ast.AST) -> set[str]:
    return {name for one in ast.walk(node) if (name := _over(one))}


def _over(node: ast.AST) -> str | None:
    """The window's name in `value.over(name)`."""
    match node:
        case ast.Call(func=ast.Attribute(attr="over"), args=[ast.Name(id=name)], keywords=[]):
            return name
    return None


class _Bare(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        return node.func.value if _over(node) and isinstance(node.func, ast.Attribute) else node


def _without_over(node: ast.expr) -> ast.expr:
    """A copy of an expression without its windows."""
    return _Bare().visit(deepcopy(node))


def _window(node: ast.expr) -> _Window:
    """`Window.partitionBy(...)[.orderBy(...)][.rowsBetween(from, to)]`"""
    unit = None
    has_distance = False
    match node:
        case ast.Call(
            func=ast.Attribute(value=inner, attr="rowsBetween" | "rangeBetween" as between),
            args=[first, last],
            keywords=[],
        ):
            node, unit = inner, between.removesuffix("Between")
            has_distance = any(_is_distance(one) for one in (first, last))
    order: list[tuple[str, str]] = []
    match node:
        case ast.Call(func=ast.Attribute(value=inner, attr="orderBy"), args=args, keywords=[]):
            is_range = unit == "range" and has_distance
            node, order = inner, [_distant(*args)] if is_range else orderings(args)
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("Window"), attr="partitionBy"),
            args=names,
            keywords=[],
        ):
            return _Window([plain_name(name) for name in names], order, unit)
    raise Refusal(f"`{shown(node)}` is no window that the compiler emits", node)


def _is_distance(node: ast.expr) -> bool:
    match node:
        case ast.Attribute(value=ast.Name("Window"), attr=bound) if bound in _BOUNDS:
            return False
    if is_number(node):
        return True
    raise Refusal(f"`{shown(node)}` is no bound of a frame", node)


def _distant(*nodes: ast.expr) -> tuple[str, str]:
    """One column to be at a distance in: `F.unix_micros(F.col("at")).cast("decimal(20, 0)").asc_nulls_last()`"""
    match nodes:
        case [
            ast.Call(
                func=ast.Attribute(
                    value=ast.Call(
                        func=ast.Attribute(value=whole, attr="cast"),
                        args=[ast.Constant(value=to)],
                        keywords=[],
                    ),
                    attr=direction,
                ),
                args=[],
                keywords=[],
            ) as node
        ] if to == _WHOLE:
            match whole:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name("F"), attr="unix_date" | "unix_micros"),
                    args=[of],
                    keywords=[],
                ):
                    whole = of
            return ordering(node, whole, direction)
    raise Refusal("distances are in one column, as whole numbers", *nodes[:1])


def _name(node: ast.expr) -> str:
    if not isinstance(node, ast.Name):
        raise Refusal(f"`{shown(node)}` is no variable", node)
    return node.id


def _begins_with_window(node: ast.expr) -> bool:
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    return isinstance(node, ast.Name) and node.id == "Window"
