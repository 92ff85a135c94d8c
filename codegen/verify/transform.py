"""Follows `transform` statement by statement, from the frames it is given to the frame it returns."""

import ast
from collections.abc import Callable, Iterable, Mapping

import combining
import frames
import joins
from author_python import require_plain
from conditions import compared_columns, equated_columns, related_columns
from declarations import Sink
from expressions import aggregate_of, aliased, value_of
from frames import Consent, Frame, Value
from idioms import orderings, read_block, require_count
from permits import read_lowering
from refusal import Refusal, shown
from shapes import plain_name, same
from subjects import AtLeast, Enough, group_enough, read_enough
from windows import read_windows

# Names that statements may not assign, since other shapes rely on what they mean.
RESERVED = {
    *("F", "T", "DataFrame", "Window", "lakewright", "sys", "transform", "main", "run", "result"),
    *("arguments", "counted", "expected", "consent_as_of", "pseudonym_key", "getResolvedOptions"),
}
# What makes a row of each element of a list -> how many columns it gives.
_GENERATORS = {"explode": 1, "explode_outer": 1, "posexplode": 2, "posexplode_outer": 2}


class Transform:
    """What is known while a `transform` is followed."""

    def __init__(
        self,
        given: Mapping[str, Frame],
        consents: Callable[[str], Iterable[Consent]],
        key_purpose: str | None,
        sink: Sink,
    ) -> None:
        self._frames = dict(given)
        self._assigned = set(given) | RESERVED
        self._consents = consents
        self._key_purpose = key_purpose
        self._strangers = sink.strangers
        self._permits = sink.permits
        self._groups = sink.groups

    def result(self, body: list[ast.stmt]) -> Frame:
        """The frame that a body returns."""
        left = list(body)
        if left and _is_docstring(left[0]):
            left.pop(0)
        while left:
            if isinstance(left[0], ast.Return):
                if len(left) > 1:
                    raise Refusal("statements after the return", left[1])
                return self._returned(left[0])
            del left[: self._step(left)]
        raise Refusal("transform returns nothing", body[-1] if body else None)

    def _returned(self, node: ast.Return) -> Frame:
        if node.value is None:
            raise Refusal("transform returns nothing", node)
        try:
            return self.frame_of(node.value)
        except Refusal as refusal:
            raise refusal.at(node) from None

    def _step(self, code: list[ast.stmt]) -> int:
        """Follows the first statement, or the block that it begins; how many statements that were."""
        first = code[0]
        if not isinstance(first, ast.Assign) or len(first.targets) != 1:
            raise Refusal(f"`{shown(first)}` is no statement that the compiler emits", first)
        target, value = first.targets[0], first.value
        try:
            if _is_window(value):
                block = read_windows(code, self.frame_of) or read_block(
                    code, self.frame_of, self._consents
                )
                for variable in block.variables:
                    self._new_variable(variable)
                self._frames[_name(block.variables[-1])] = block.frame
                return block.length
            if self._is_count(target, value):
                return 1
            if isinstance(value, ast.Name):
                raise Refusal("a frame is only given another name", value)
            frame = self.frame_of(value)
            self._new_variable(target)
            self._frames[_name(target)] = frame
            return 1
        except Refusal as refusal:
            raise refusal.at(first) from None

    def _new_variable(self, node: ast.expr) -> None:
        name = _name(node)
        if name in self._assigned:
            raise Refusal(f"{name} is assigned again", node)
        self._assigned.add(name)

    def _is_count(self, target: ast.expr, value: ast.expr) -> bool:
        """`frame = counted(frame, "name", of="name")`, which changes no row."""
        match value:
            case ast.Call(
                func=ast.Name("counted"),
                args=[frame, ast.Constant(value=str())],
                keywords=[ast.keyword(arg="of", value=ast.Constant(value=str()))],
            ) if same(target, frame):
                return _name(frame) in self._frames
        return False

    def frame_of(self, node: ast.expr) -> Frame:
        """The frame that an expression gives."""
        match node:
            case ast.Name(id=name):
                if name not in self._frames:
                    raise Refusal(f"{name} is no frame", node)
                return self._frames[name]
            case ast.Call(
                func=ast.Attribute(value=ast.Name("lakewright"), attr="pseudonyms"),
                args=[of, column, name, ast.Name("pseudonym_key")],
                keywords=[],
            ):
                if self._key_purpose is None:
                    raise Refusal(
                        "the job's definition says not for which purpose its key is", node
                    )
                frame = self.frame_of(of)
                column_name, new = plain_name(column), plain_name(name)
                return frames.pseudonymize(frame, column_name, new, self._key_purpose)
            case ast.Call(func=ast.Name("expected")):
                return self._expected(node)
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Name("lakewright"), attr="declassified" | "declassified_rows"
                )
            ):
                return self._declassified(node)
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Name("lakewright"), attr="sql" | "pyspark" as language
                ),
                args=[of, ast.Constant(value=str() as query), ast.Dict(keys=names)],
                keywords=[],
            ):
                if language == "pyspark":
                    require_plain(query, node)
                columns = [plain_name(one) for one in names if one is not None]
                if not columns or len(set(columns)) < len(names):
                    raise Refusal("expected the columns of a query, each once", node)
                return frames.query(self.frame_of(of), columns)
            case ast.Call(func=ast.Attribute(value=receiver, attr=method), args=args, keywords=[]):
                return self._method(node, receiver, method, args)
        raise Refusal(f"`{shown(node)}` is no step that the compiler emits", node)

    def _expected(self, node: ast.Call) -> Frame:
        """`expected(frame, {"name": condition}, of="name", on_unmet="warn")`, which changes no row."""
        match node:
            case ast.Call(
                args=[of, ast.Dict(keys=names, values=conditions)],
                keywords=[
                    ast.keyword(arg="of", value=ast.Constant(value=str())),
                    ast.keyword(arg="on_unmet", value=ast.Constant(value="fail" | "drop" | "warn")),
                ],
            ) if all(_is_text(name) for name in names):
                frame = self.frame_of(of)
                for condition in conditions:
                    value_of(condition, frame)
                return frame
        raise Refusal(f"`{shown(node)}` is no expectation that the compiler emits", node)

    def _declassified(self, node: ast.Call) -> Frame:
        of, permit = read_lowering(node)
        if permit not in self._permits:
            raise Refusal(f"`{shown(node)}`: the library declares no such permit", node)
        return frames.declassify(self.frame_of(of), permit)

    def _method(
        self, node: ast.expr, receiver: ast.expr, method: str, args: list[ast.expr]
    ) -> Frame:
        if method == "drop" and (enough := read_enough(node)):
            return self._enough(node, enough)
        if method == "agg":
            return self._aggregate(receiver, args)
        if method == "drop" and (full := joins.read_full_join(node)):
            return joins.full_join(full, *self._sides(full.left, full.right), self._strangers)
        if method == "join" and len(args) == 3:
            return joins.join(*self._sides(receiver, args[0]), *args[1:], self._strangers)
        if method == "crossJoin" and len(args) == 1:
            return joins.cross_join(*self._sides(receiver, args[0]), self._strangers)
        steps: Mapping[str, Callable[[Frame, list[ast.expr]], Frame]] = {
            "select": _select,
            "drop": lambda frame, names: frames.drop(frame, map(plain_name, names)),
            "withColumn": _with_column,
            "withColumns": _with_columns,
            "withColumnRenamed": _with_column_renamed,
            "where": _where,
            "distinct": _distinct,
        }
        try:
            if method == "limit":
                return self._first_rows(receiver, args)
            if method == "unionByName" and len(args) == 1:
                return combining.union(self.frame_of(receiver), self.frame_of(args[0]))
            if method == "unpivot" and len(args) == 4:
                kept, turned = (_names(one) for one in args[:2])
                name, value = (plain_name(one) for one in args[2:])
                return frames.unpivot(self.frame_of(receiver), kept, turned, name, value)
            if method in ("intersect", "subtract") and len(args) == 1:
                return combining.compare(method, self.frame_of(receiver), self.frame_of(args[0]))
            if method in steps:
                return steps[method](self.frame_of(receiver), args)
        except Refusal as refusal:
            raise refusal.at(args[0] if args else node) from None
        raise Refusal(f"`{shown(node)}`: .{method}() is no step that the compiler emits", node)

    def _first_rows(self, receiver: ast.expr, args: list[ast.expr]) -> Frame:
        """`frame.orderBy(...).limit(count)`"""
        match receiver, args:
            case (
                ast.Call(func=ast.Attribute(value=of, attr="orderBy"), args=order, keywords=[]),
                [count],
            ):
                require_count(count)
                return combining.first_few_of_each(self.frame_of(of), [], orderings(order))
        raise Refusal("rows are only left out in an order", receiver)

    def _grouped(self, receiver: ast.expr) -> tuple[Frame, list[str]]:
        """The rows that are grouped, and by what."""
        match receiver:
            case ast.Call(func=ast.Attribute(value=of, attr="groupBy"), args=names, keywords=[]):
                return self.frame_of(of), [plain_name(name) for name in names]
        return self.frame_of(receiver), []

    def _enough(self, node: ast.expr, enough: Enough) -> Frame:
        frame, by = self._grouped(enough.groups)
        groups = AtLeast(tuple(by), enough.subject, enough.least, enough.values)
        if groups not in self._groups:
            raise Refusal(f"`{shown(node)}`: the library declares no such groups", node)
        return group_enough(frame, by, enough, aggregate_of)

    def _aggregate(self, receiver: ast.expr, args: list[ast.expr]) -> Frame:
        frame, by = self._grouped(receiver)
        measures = {}
        for node in args:
            call, name = aliased(node)
            if name in measures:
                raise Refusal(f"there is a measure {name} already", node)
            measures[name] = aggregate_of(call, frame)
        return combining.group(frame, by, measures)

    def _sides(self, *sides: ast.expr) -> tuple[Frame, ...]:
        return tuple(self.frame_of(joins.without_hint(side)) for side in sides)


def _name(node: ast.expr) -> str:
    if not isinstance(node, ast.Name):
        raise Refusal(f"`{shown(node)}` is no variable", node)
    return node.id


def _is_text(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and _is_text(node.value)


def _is_window(node: ast.expr) -> bool:
    """Whether an expression begins with `Window.`."""
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    return isinstance(node, ast.Name) and node.id == "Window"


def _select(frame: Frame, args: list[ast.expr]) -> Frame:
    elements = _elements(args[-1]) if args else None
    if elements:
        kept = [plain_name(node) for node in args[:-1]]
        if len(set(kept)) < len(kept):
            raise Refusal("a column is selected twice")
        return frames.explode(frame, kept, *elements)
    items: dict[str, Value] = {}
    for node in args:
        if isinstance(node, ast.Constant):
            name = plain_name(node)
            value = Value(frame.column(name).labels, name)
        else:
            expression, name = aliased(node)
            value = value_of(expression, frame)
        if name in items:
            raise Refusal(f"{name} is selected twice", node)
        items[name] = value
    return frames.project(frame, items)


def _names(node: ast.expr) -> list[str]:
    if not isinstance(node, ast.List):
        raise Refusal("expected a list of names", node)
    names = [plain_name(one) for one in node.elts]
    if len(set(names)) < len(names):
        raise Refusal("a column is named twice", node)
    return names


def _elements(node: ast.expr) -> tuple[str, list[str]] | None:
    """The list and the new names of `F.explode("list").alias("element")`; with a place, two names."""
    match node:
        case ast.Call(
            func=ast.Attribute(
                value=ast.Call(
                    func=ast.Attribute(value=ast.Name("F"), attr=generator),
                    args=[column],
                    keywords=[],
                ),
                attr="alias",
            ),
            args=names,
            keywords=[],
        ) if len(names) == _GENERATORS.get(generator):
            return plain_name(column), [plain_name(name) for name in names]
    return None


def _with_column(frame: Frame, args: list[ast.expr]) -> Frame:
    if len(args) != 2:
        raise Refusal("expected a name and a value")
    return frames.with_columns(frame, {plain_name(args[0]): value_of(args[1], frame)})


def _with_columns(frame: Frame, args: list[ast.expr]) -> Frame:
    if len(args) != 1 or not isinstance(args[0], ast.Dict):
        raise Refusal("expected names and values")
    items: dict[str, Value] = {}
    for key, value in zip(args[0].keys, args[0].values, strict=True):
        if key is None or plain_name(key) in items:
            raise Refusal("expected each name once", value)
        items[plain_name(key)] = value_of(value, frame)
    return frames.with_columns(frame, items)


def _with_column_renamed(frame: Frame, args: list[ast.expr]) -> Frame:
    if len(args) != 2:
        raise Refusal("expected two names")
    return frames.rename(frame, *map(plain_name, args))


def _where(frame: Frame, args: list[ast.expr]) -> Frame:
    if len(args) != 1:
        raise Refusal("expected one condition")
    value_of(args[0], frame)
    condition = args[0]
    return frames.where(
        frame,
        compared_columns(condition),
        equated_columns(condition),
        related_columns(condition),
    )


def _distinct(frame: Frame, args: list[ast.expr]) -> Frame:
    """Equal rows once: what a row tells and depends on stays, and no version of a subject goes."""
    if args:
        raise Refusal("expected no argument")
    return frame
