"""Pages of a list, as AWS cuts them."""

from typing import Any

from .errors import InvalidInput


def page(items: list[Any], token: str | None, size: int) -> tuple[list[Any], str | None]:
    """A page and the token of the next. Raises `InvalidInput` for a token that is none of ours."""
    if token is not None and not token.isdecimal():
        raise InvalidInput("The NextToken is not one this operation gave.")
    start = int(token or 0)
    end = start + size
    return items[start:end], str(end) if end < len(items) else None
