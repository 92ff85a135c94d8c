"""What S3 and KMS check in a policy before they take it. moto takes anything.

Facts: IAM's grammar of the policy language; S3's user guide, "Bucket policies" (20 KB); KMS's
CreateKey and PutKeyPolicy (invalid principals, and the check that the caller is not locked out).
"""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

LONGEST_BUCKET_POLICY = 20 * 1024
LONGEST_KEY_POLICY = 32 * 1024


class BadPolicy(Exception):
    """The policy is refused; the text is the service's."""


def check_bucket_policy(text: bytes, bucket: str) -> None:
    if len(text) > LONGEST_BUCKET_POLICY:
        raise BadPolicy("The policy is larger than 20480 bytes.")
    sids: set[str] = set()
    for statement in _statements(text):
        sid = statement.get("Sid")
        if sid is not None and sid in sids:
            raise BadPolicy("Statement IDs (SID) in a single policy must be unique.")
        sids.add(sid)
        if not any(key in statement for key in ("Principal", "NotPrincipal")):
            raise BadPolicy("Missing required field Principal")
        for action in _either(statement, "Action"):
            if not fnmatchcase(action.lower(), "s3:*") and action != "*":
                raise BadPolicy("Policy has invalid action")
        for resource in _either(statement, "Resource"):
            place = resource.removeprefix("arn:aws:s3:::")
            if place != bucket and not place.startswith(f"{bucket}/"):
                raise BadPolicy("Policy has invalid resource")


def check_key_policy(text: str, account: str, known_principals: set[str]) -> None:
    if len(text.encode()) > LONGEST_KEY_POLICY:
        raise BadPolicy("The policy is larger than 32768 bytes.")
    root = f"arn:aws:iam::{account}:root"
    manageable = False
    for statement in _statements(text.encode()):
        principals = _aws_principals(statement)
        for principal in principals - {"*", root, account}:
            if principal.startswith(f"arn:aws:iam::{account}:") and (
                principal not in known_principals
            ):
                raise BadPolicy("Policy contains a statement with one or more invalid principals.")
        manages = any(
            fnmatchcase("kms:PutKeyPolicy", action) for action in _either(statement, "Action")
        )
        unconditional = statement["Effect"] == "Allow" and not statement.get("Condition")
        if manages and unconditional and principals & {"*", root, account}:
            manageable = True
    if not manageable:
        raise BadPolicy(
            "The new key policy will not allow you to update the key policy in the future."
        )


def _statements(text: bytes) -> Iterator[dict[str, Any]]:
    try:
        policy = json.loads(text)
    except ValueError:
        raise BadPolicy("Policies must be valid JSON and the first byte must be '{'") from None
    found = policy.get("Statement") if isinstance(policy, dict) else None
    statements = found if isinstance(found, list) else [found]
    if not statements or not all(isinstance(statement, dict) for statement in statements):
        raise BadPolicy("Missing required field Statement")
    for statement in statements:
        if statement.get("Effect") not in ("Allow", "Deny"):
            raise BadPolicy("Missing required field Effect")
        for name in ("Action", "Resource"):
            if not _either(statement, name):
                raise BadPolicy(f"Missing required field {name}")
        for operator in statement.get("Condition") or {}:
            if not re.fullmatch(
                r"(ForA(ny|ll)Values?:)?"
                r"(String|Arn|Numeric|Date|Bool|Binary|IpAddress|NotIpAddress|Null)\w*",
                operator,
            ):
                raise BadPolicy(f"Invalid Condition type : {operator}")
        yield statement


def _either(statement: dict[str, Any], name: str) -> list[str]:
    value = statement.get(name, statement.get(f"Not{name}", []))
    return value if isinstance(value, list) else [value]


def _aws_principals(statement: dict[str, Any]) -> set[str]:
    principal = statement.get("Principal", {})
    found = principal if isinstance(principal, str) else principal.get("AWS", [])
    return set(found if isinstance(found, list) else [found])
