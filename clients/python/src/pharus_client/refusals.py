"""The refusals of the server, a class for each code.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from pharus_client.errors import ApiError


class ValidationFailed(ApiError, code="validation_failed"):
    """`validation_failed`"""


class Unauthorized(ApiError, code="unauthorized"):
    """`unauthorized`"""


class Forbidden(ApiError, code="forbidden"):
    """`forbidden`"""


class NotFound(ApiError, code="not_found"):
    """`not_found`"""


class MethodNotAllowed(ApiError, code="method_not_allowed"):
    """`method_not_allowed`"""


class NotAcceptable(ApiError, code="not_acceptable"):
    """`not_acceptable`"""


class InUse(ApiError, code="in_use"):
    """`in_use`"""


class InvalidTransition(ApiError, code="invalid_transition"):
    """`invalid_transition`"""


class Conflict(ApiError, code="conflict"):
    """`conflict`"""


class PeriodClosed(ApiError, code="period_closed"):
    """`period_closed`"""


class Gone(ApiError, code="gone"):
    """`gone`"""


class PreconditionFailed(ApiError, code="precondition_failed"):
    """`precondition_failed`"""


class PreconditionRequired(ApiError, code="precondition_required"):
    """`precondition_required`"""


class PayloadTooLarge(ApiError, code="payload_too_large"):
    """`payload_too_large`"""


class UnsupportedMediaType(ApiError, code="unsupported_media_type"):
    """`unsupported_media_type`"""


class RateLimited(ApiError, code="rate_limited"):
    """`rate_limited`"""


class InternalError(ApiError, code="internal_error"):
    """`internal_error`"""


class ServiceUnavailable(ApiError, code="service_unavailable"):
    """`service_unavailable`"""
