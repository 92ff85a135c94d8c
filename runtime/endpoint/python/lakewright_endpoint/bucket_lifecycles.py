"""S3: moto's lifecycles, with two refusals that it lacks.

Facts: the API reference of PutBucketLifecycleConfiguration (at most 1,000 rules); that rules of both
forms are refused is in issues of those who met it (aws/aws-sdk-ruby 1653).
"""

from typing import Any

from moto.s3.exceptions import S3ClientError
from moto.s3.models import S3Backend

MOST_RULES = 1000


class InvalidLifecycle(S3ClientError):
    code = 400

    def __init__(self, message: str) -> None:
        super().__init__("InvalidRequest", message)


def install() -> None:
    take = S3Backend.put_bucket_lifecycle_configuration

    def put_bucket_lifecycle_configuration(
        self: S3Backend, bucket_name: str, rules: list[dict[str, Any]]
    ) -> None:
        _check(rules)
        take(self, bucket_name, rules)

    S3Backend.put_bucket_lifecycle_configuration = (  # type: ignore[method-assign]
        put_bucket_lifecycle_configuration
    )


def _check(rules: list[dict[str, Any]]) -> None:
    filtered = ["Filter" in rule for rule in rules]
    if any(filtered) and not all(filtered):
        raise InvalidLifecycle("Filter element can only be used in Lifecycle V2.")
    if len(rules) > MOST_RULES:
        raise InvalidLifecycle("The number of lifecycle rules must not exceed 1000.")
    ids = [rule["ID"] for rule in rules if rule.get("ID")]
    if len(set(ids)) < len(ids):
        raise InvalidLifecycle("Rule ID must be unique.")
