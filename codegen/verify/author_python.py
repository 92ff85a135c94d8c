"""The author's own Python in a script: by the list that each run holds it to."""

import ast
import sys
from pathlib import Path

from refusal import Refusal

sys.path.append(str(Path(__file__).parents[1] / "support"))
from lakewright_plain_python import Fault, function_name


def require_plain(text: str, node: ast.AST) -> None:
    """Refuses what could do anything but build another frame."""
    try:
        function_name(text)
    except Fault as fault:
        raise Refusal(f"PySpark of the author's: {fault}", node) from None
