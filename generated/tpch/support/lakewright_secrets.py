"""Secrets of a run: from AWS Secrets Manager or, to develop, from a file."""

from pathlib import Path

from lakewright_failures import JobFailed
from lakewright_tables import aws


def secret_at(place: str, what: str) -> bytes:
    """The secret of `secretsmanager:<secret id>` or, to develop, of `file:<path>`."""
    kind, _, name = place.partition(":")
    if kind == "file":
        return Path(name).read_bytes().strip()
    if kind == "secretsmanager":
        secret = aws("secretsmanager").get_secret_value(SecretId=name)
        text = secret.get("SecretString")
        return text.strip().encode() if text else secret["SecretBinary"]
    raise JobFailed(f"{what} is neither secretsmanager:<secret id> nor file:<path>")
