"""How the verifier says no."""

import ast


class Refusal(Exception):
    """Something in a script that is not known to be safe, with its line where that is known."""

    def __init__(self, message: str, node: ast.AST | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line: int | None = getattr(node, "lineno", None)

    def at(self, node: ast.AST) -> "Refusal":
        """The same, with a place unless it has one."""
        if self.line is None:
            self.line = getattr(node, "lineno", None)
        return self


def shown(node: ast.AST) -> str:
    """Code as a message quotes it: one line, not too long."""
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 80 else f"{text[:77]}..."
