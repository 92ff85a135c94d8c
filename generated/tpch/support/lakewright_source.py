"""What the author declared of a table that others fill, as far as reading needs it."""

from dataclasses import dataclass

from pyspark.sql import types as T


@dataclass(frozen=True)
class Source:
    argument: str
    schema: T.StructType
    """The columns that the job needs."""
    columns: tuple[str, ...]
    """All columns that were declared, in their order."""
    partitioned_by: tuple[str, ...]
    """Columns that the names of folders tell, `day=2024-01-31`."""
    about: str | None
    """Column that says whose a row is."""
    at: str | None
    """Column that says when what a row tells of happened, where rows are about devices."""

    @property
    def in_files(self) -> T.StructType:
        """The columns that the job needs from the files themselves."""
        told = set(self.partitioned_by)
        return T.StructType([field for field in self.schema.fields if field.name not in told])
