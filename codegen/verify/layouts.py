"""How the files of a published table lie: its folders are named by values that tell of nobody."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from frames import Frame
from refusal import Refusal, shown
from shapes import plain_name

_WORDS = ("format", "partitioned_by", "target_file_size")


@dataclass(frozen=True)
class Layout:
    format: str | None = None
    """`iceberg`; None: Parquet."""
    partitioned_by: tuple[str, ...] = ()
    target_file_size: int | None = None


def without_layout(publish: ast.stmt) -> tuple[ast.stmt, Layout]:
    """The statement that publishes, without what it says of the files; and that."""
    match publish:
        case ast.Expr(value=ast.Call(func=func, args=args, keywords=[_, *_] as keywords) as call):
            given = {word.arg: word.value for word in keywords}
            if list(given) != [word for word in _WORDS if word in given]:
                raise Refusal(f"`{shown(call)}` publishes otherwise than the compiler emits", call)
            bare = ast.Call(**{**vars(call), "func": func, "args": args, "keywords": []})
            return ast.Expr(**{**vars(publish), "value": bare}), Layout(
                plain_name(given["format"]) if "format" in given else None,
                names_of(given["partitioned_by"]) if "partitioned_by" in given else (),
                _bytes(given["target_file_size"]) if "target_file_size" in given else None,
            )
    return publish, Layout()


def layout_refusals(found: Layout, declared: Layout, frame: Frame) -> Iterator[str]:
    """Why a table may not lie so; nothing where it may."""
    if found != declared:
        yield "publishes files of another layout than the author declared"
    keys = frame.state.keys or frozenset()
    for name in found.partitioned_by:
        column = frame.columns.get(name)
        if column is None:
            yield f"names folders by {name}, which is no column"
        elif column.labels or name in keys:
            said = ", ".join(sorted(column.labels)) or "the key of somebody"
            yield f"names folders by {name}, which is {said}"


def names_of(node: ast.expr) -> tuple[str, ...]:
    if not isinstance(node, ast.List):
        raise Refusal(f"expected a list of columns, found `{shown(node)}`", node)
    return tuple(map(plain_name, node.elts))


def _bytes(node: ast.expr) -> int:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    raise Refusal(f"expected a number of bytes, found `{shown(node)}`", node)
