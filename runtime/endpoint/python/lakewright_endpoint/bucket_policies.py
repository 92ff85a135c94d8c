"""S3: moto's, with a check of bucket policies, and without its own try at enforcing them.

moto denies what any statement with `"Principal": "*"` denies, whatever its conditions say. All who
call this endpoint do so with the same made-up credentials, so neither IAM's policies nor a bucket's
can tell them apart, and neither is enforced here.
"""

from typing import Any

from moto.iam.access_control import PermissionResult
from moto.s3.exceptions import S3ClientError
from moto.s3.models import FakeBucket, S3Backend

from .policies import BadPolicy, check_bucket_policy


class MalformedPolicy(S3ClientError):
    code = 400

    def __init__(self, message: str) -> None:
        super().__init__("MalformedPolicy", message)


def install() -> None:
    take = S3Backend.put_bucket_policy

    def put_bucket_policy(self: S3Backend, bucket_name: str, policy: bytes) -> None:
        try:
            check_bucket_policy(policy, bucket_name)
        except BadPolicy as error:
            raise MalformedPolicy(str(error)) from None
        take(self, bucket_name, policy)

    def get_permission(self: FakeBucket, action: str, resource: str) -> Any:
        return PermissionResult.NEUTRAL

    S3Backend.put_bucket_policy = put_bucket_policy  # type: ignore[method-assign]
    FakeBucket.get_permission = get_permission  # type: ignore[method-assign]
