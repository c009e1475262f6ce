"""Every error a caller can meet, as one small tree.

    PharusError
      Malformed             400 validation_failed       the body cannot be parsed at all
      Unauthorized          401 unauthorized
      Forbidden             403 forbidden
      NotFound              404 not_found
      NotAcceptable         406 not_acceptable          `Accept` names no form in which this can be answered
      Refused (409)         the state of the world refuses the request
        InUse               409 in_use                  details.references = counts by kind
        InvalidTransition   409 invalid_transition      details {from, to, allowed} where a status map refuses
        Conflict            409 conflict
        Vetoed              409 conflict                a plugin refuses; details {plugin, code} and the plugin's own
        PeriodClosed        409 period_closed           details {closedThrough, eventDate}
        UnderWay            409 conflict                the first request with this key; retry_after in seconds
      Gone                  410 gone                    it was there, and is not kept any more
      PreconditionFailed    412 precondition_failed     etag = the version of now, if there is one
      RequestTimeout        408 validation_failed       it was not whole in time; the connection is closed
      PayloadTooLarge       413 payload_too_large
      UnsupportedMediaType  415 unsupported_media_type
      Invalid               422 validation_failed       details = list of all problems {path, message}
      PreconditionRequired  428 precondition_required   the organization demands If-Match
      RateLimited           429 rate_limited            retry_after in seconds
      HeadTooLarge          431 payload_too_large       the connection is closed
      ServiceUnavailable    503 service_unavailable     retry_after in seconds
    ConfigurationError      a start refused, with a sentence

`handlers/http/problems.py` is the only place that turns them into HTTP responses. The principle (docs/rules.md,
Errors): 422 = wrong by itself; 404 = it names what does not exist; 409 = the world refuses it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

if TYPE_CHECKING:
    from pharus.schemas import ErrorCode


# So many problems a response lists; the others it counts.
MOST_PROBLEMS = 100


class ConfigurationError(Exception):
    """The server refuses to start; the message is one sentence that says what to change."""


class Problem(NamedTuple):
    """One thing wrong with a request: a JSON pointer (`/items/0/quantity`, `query/limit`) and a sentence."""

    path: str
    message: str

    def shown(self) -> dict[str, Any]:
        """As `details` of an error have it."""
        return self._asdict()


class ProblemInFile(Problem):
    """One thing wrong with a file: its row, from 1, and its cell (`B17`), where it is in one, as well."""

    row: int
    cell: str | None

    def __new__(cls, path: str, message: str, row: int, cell: str | None) -> Self:
        made = super().__new__(cls, path, message)
        made.row, made.cell = row, cell
        return made

    def shown(self) -> dict[str, Any]:
        return {**self._asdict(), "row": self.row, **({} if self.cell is None else {"cell": self.cell})}


class PharusError(Exception):
    status: ClassVar[int] = 500
    code: ClassVar["ErrorCode"] = "internal_error"

    def __init__(self, message: str, *, details: Any = None) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class Malformed(PharusError):
    status = 400
    code = "validation_failed"


class Unauthorized(PharusError):
    status = 401
    code = "unauthorized"


class Forbidden(PharusError):
    """The role of the caller is too low for this."""

    status = 403
    code = "forbidden"


class NotFound(PharusError):
    """The request names what does not exist in this organization, or is not shown to it."""

    status = 404
    code = "not_found"


class NotAcceptable(PharusError):
    status = 406
    code = "not_acceptable"


class Refused(PharusError):
    status = 409
    code: ClassVar["ErrorCode"] = "conflict"


class InUse(Refused):
    """Something refers to the record; `references` counts it by kind. `Records.delete` raises it by itself."""

    code = "in_use"

    def __init__(self, message: str, references: Mapping[str, int]) -> None:
        super().__init__(message, details={"references": dict(references)})


class InvalidTransition(Refused):
    """The status of the record does not allow this."""

    code = "invalid_transition"


class Conflict(Refused):
    """The state of the world refuses what is right by itself: a duplicate, a deactivated reference, too much."""


class Vetoed(Refused):
    """A plugin refuses, in its hook, what others would allow. `code` is its own, for programs: `below_list_price`."""

    def __init__(self, message: str, code: str, *, details: Mapping[str, Any] | None = None) -> None:
        super().__init__(message, details={**(details or {}), "code": code})

    def by(self, plugin: str) -> None:
        """Say whose hook it was."""
        self.details = {"plugin": plugin, **self.details}


class PeriodClosed(Refused):
    code = "period_closed"


class UnderWay(Refused):
    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Gone(PharusError):
    status = 410
    code = "gone"


class PreconditionFailed(PharusError):
    status = 412
    code = "precondition_failed"

    def __init__(self, message: str, etag: str | None = None) -> None:
        super().__init__(message, details=None if etag is None else {"etag": etag})
        self.etag = etag


class PreconditionRequired(PharusError):
    status = 428
    code = "precondition_required"


class RequestTimeout(PharusError):
    status = 408
    code = "validation_failed"


class PayloadTooLarge(PharusError):
    status = 413
    code = "payload_too_large"


class UnsupportedMediaType(PharusError):
    status = 415
    code = "unsupported_media_type"


class Invalid(PharusError):
    """The request is wrong by itself. `problems` lists everything wrong with it, up to MOST_PROBLEMS; `omitted` counts
    the others, those that the caller left out included."""

    status = 422
    code = "validation_failed"
    omitted = 0

    def __init__(
        self, problems: Iterable[Problem], message: str = "the request is not valid", *, omitted: int = 0
    ) -> None:
        found = [problem if isinstance(problem, Problem) else Problem(*problem) for problem in problems]
        self.problems = found[:MOST_PROBLEMS]
        self.omitted = omitted + len(found) - len(self.problems)
        super().__init__(message, details=[problem.shown() for problem in self.problems])


class RateLimited(PharusError):
    status = 429
    code = "rate_limited"

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class HeadTooLarge(PharusError):
    status = 431
    code = "payload_too_large"


class ServiceUnavailable(PharusError):
    status = 503
    code = "service_unavailable"

    def __init__(self, message: str, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


def refuse(problems: Sequence[Problem]) -> None:
    """Invalid with all of them, if there are any."""
    if problems:
        raise Invalid(problems)
