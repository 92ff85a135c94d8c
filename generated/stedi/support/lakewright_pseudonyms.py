"""Keyed pseudonyms, computed by Spark, whose key no plan, log or event log shows."""

import hashlib

from lakewright_failures import JobFailed
from lakewright_secrets import secret_at
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

_INNER, _OUTER = "_lakewright_inner", "_lakewright_outer"


class PseudonymKey:
    """An HMAC-SHA-256 key as its two padded halves; printing it shows nothing of it."""

    def __init__(self, key: bytes) -> None:
        if len(key) < 16:
            raise JobFailed("the pseudonym key is shorter than 16 bytes")
        block = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
        self._pads = tuple(bytes(byte ^ pad for byte in block) for pad in (0x36, 0x5C))

    def __repr__(self) -> str:
        return "PseudonymKey(hidden)"

    def pads(self, spark: SparkSession) -> DataFrame:
        """One row to join with: plans and event logs show such rows' columns, not their values."""
        return spark.createDataFrame([self._pads], f"{_INNER} binary, {_OUTER} binary")


def pseudonyms(frame: DataFrame, column: str, name: str, key: PseudonymKey) -> DataFrame:
    """Add column `name`: the lowercase hex HMAC-SHA-256 of the text in `column`; null stays null.

    HMAC (RFC 2104) is two nested hashes over key pads, so Spark's own `sha2` is enough.
    """
    padded = frame.crossJoin(F.broadcast(key.pads(frame.sparkSession)))
    inner = F.unhex(F.sha2(F.concat(_INNER, padded[column].cast("binary")), 256))
    return padded.withColumn(name, F.sha2(F.concat(_OUTER, inner), 256)).drop(_INNER, _OUTER)


def key_at(place: str) -> PseudonymKey:
    """The key of `secretsmanager:<secret id>` or, to develop, of `file:<path>`."""
    return PseudonymKey(secret_at(place, "--pseudonym_key"))
