"""Data quality rulesets. Facts: the five DataQualityRuleset operations of the API reference."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from moto.core.utils import utcnow

from .errors import AlreadyExists, EntityNotFound, InvalidInput

RULES = re.compile(r"\bRules\s*=\s*\[")
SECTION = re.compile(r"\b(Rules|Analyzers)\s*=\s*\[")


class Rulesets:
    def __init__(self) -> None:
        self._rulesets: dict[str, dict[str, Any]] = {}

    def create(self, given: dict[str, Any]) -> str:
        name = given["Name"]
        existing = self._rulesets.get(name)
        if existing:
            token = given.get("ClientToken")
            if (
                token
                and token == existing["ClientToken"]
                and given["Ruleset"] == existing["Ruleset"]
            ):
                return name
            raise AlreadyExists(f"Data quality ruleset {name} already exists.")
        _check_dqdl(given["Ruleset"])
        now = utcnow()
        self._rulesets[name] = {
            "Name": name,
            "Description": given.get("Description"),
            "Ruleset": given["Ruleset"],
            "TargetTable": given.get("TargetTable"),
            "DataQualitySecurityConfiguration": given.get("DataQualitySecurityConfiguration"),
            "ClientToken": given.get("ClientToken"),
            "CreatedOn": now,
            "LastModifiedOn": now,
        }
        return name

    def get(self, name: str) -> dict[str, Any]:
        try:
            stored = self._rulesets[name]
        except KeyError:
            raise EntityNotFound(f"Data quality ruleset {name} not found.") from None
        hidden = {field for field, value in stored.items() if value is None} | {"ClientToken"}
        return {field: value for field, value in stored.items() if field not in hidden}

    def update(self, given: dict[str, Any]) -> dict[str, Any]:
        self.get(given["Name"])
        stored = self._rulesets[given["Name"]]
        if given.get("Ruleset") is not None:
            _check_dqdl(given["Ruleset"])
            stored["Ruleset"] = given["Ruleset"]
        if given.get("Description") is not None:
            stored["Description"] = given["Description"]
        stored["LastModifiedOn"] = utcnow()
        return {field: stored[field] for field in ("Name", "Description", "Ruleset")}

    def delete(self, name: str) -> None:
        self.get(name)
        del self._rulesets[name]

    def list(self, criteria: dict[str, Any]) -> list[dict[str, Any]]:
        found = (self.get(name) for name in self._rulesets)
        return [_details(ruleset) for ruleset in found if _meets(ruleset, criteria)]


def _details(ruleset: dict[str, Any]) -> dict[str, Any]:
    shown = ("Name", "Description", "CreatedOn", "LastModifiedOn", "TargetTable")
    details = {field: ruleset[field] for field in shown if field in ruleset}
    return {**details, "RuleCount": count_rules(ruleset["Ruleset"])}


def _meets(ruleset: dict[str, Any], criteria: dict[str, Any]) -> bool:
    for field in ("Name", "Description"):
        if field in criteria and ruleset.get(field) != criteria[field]:
            return False
    wanted = criteria.get("TargetTable")
    if wanted and any(ruleset.get("TargetTable", {}).get(key) != wanted[key] for key in wanted):
        return False
    for field, stamp in (("Created", "CreatedOn"), ("LastModified", "LastModifiedOn")):
        moment: datetime = ruleset[stamp]
        before, after = criteria.get(f"{field}Before"), criteria.get(f"{field}After")
        if before is not None and not moment < _instant(before):
            return False
        if after is not None and not moment > _instant(after):
            return False
    return True


def _instant(epoch_seconds: float) -> datetime:
    return datetime.fromtimestamp(epoch_seconds, tz=UTC).replace(tzinfo=None)  # as moto's clock


def _check_dqdl(ruleset: str) -> None:
    section = SECTION.search(ruleset)
    if section is None:
        raise InvalidInput("The ruleset is not valid DQDL: it has no Rules or Analyzers section.")
    if _end_of_list(ruleset, section.end()) is None:
        raise InvalidInput("The ruleset is not valid DQDL: a list is not closed.")


def count_rules(ruleset: str) -> int:
    """Rules of the `Rules` list: commas of the outermost level, outside quotes, plus one."""
    opening = RULES.search(ruleset)
    end = _end_of_list(ruleset, opening.end()) if opening else None
    if opening is None or end is None or not ruleset[opening.end() : end].strip():
        return 0
    scanned = _scan(ruleset, opening.end(), end)
    return 1 + sum(depth == 0 and char == "," for _, char, depth in scanned)


def _end_of_list(text: str, start: int) -> int | None:
    return next((at for at, _, depth in _scan(text, start, len(text)) if depth < 0), None)


def _scan(text: str, start: int, end: int) -> Iterator[tuple[int, str, int]]:
    """Each character outside double quotes with its nesting depth of brackets."""
    depth, quoted = 0, False
    for at in range(start, end):
        char = text[at]
        if char == '"':
            quoted = not quoted
        elif not quoted:
            depth += (char in "[(") - (char in "])")
            yield at, char, depth
