"""Glue's errors, by the names of the API reference. All are HTTP 400."""

from moto.glue.exceptions import GlueClientError


class AlreadyExists(GlueClientError):
    def __init__(self, message: str) -> None:
        super().__init__("AlreadyExistsException", message)


class ConcurrentModification(GlueClientError):
    def __init__(self, message: str) -> None:
        super().__init__("ConcurrentModificationException", message)


class EntityNotFound(GlueClientError):
    def __init__(self, message: str) -> None:
        super().__init__("EntityNotFoundException", message)


class InternalService(GlueClientError):
    """Our mistake or moto's; the traceback is in the log."""

    def __init__(self, operation: str) -> None:
        super().__init__(
            "InternalServiceException",
            f"The embedded endpoint failed at {operation}; its log says why.",
        )


class InvalidInput(GlueClientError):
    def __init__(self, message: str) -> None:
        super().__init__("InvalidInputException", message)


class MalformedRequest(GlueClientError):
    """The request body is not JSON, or a value has the wrong JSON type."""

    def __init__(self, message: str) -> None:
        super().__init__("SerializationException", message)


class UnknownOperation(GlueClientError):
    def __init__(self, operation: str) -> None:
        super().__init__(
            "UnknownOperationException",
            f"The embedded endpoint does not offer Glue's {operation}.",
        )


class Validation(GlueClientError):
    """One or more members break a constraint of the service model."""

    def __init__(self, violations: list[str]) -> None:
        errors = "validation error" if len(violations) == 1 else "validation errors"
        super().__init__(
            "ValidationException",
            f"{len(violations)} {errors} detected: {'; '.join(violations)}",
        )
