"""`python -m tests.hostile.defective`: the server with two bounds broken, for the hostile requests to find."""

import time
from typing import Any

from handlers import cli
from handlers.http.operation import Operation

# Operations, and what must be said of each.
DEFECTS = {"createLocation": "seconds until the answer", "updateLocation": "answered 500"}

_SECONDS = 6


def install() -> None:
    """One operation once takes its time to refuse; another one does not survive what it is sent."""
    slept: list[str] = []
    real = Operation._call

    def call(self: Any, request: Any) -> Any:
        if self.id == "createLocation" and not slept:
            slept.append(self.id)
            time.sleep(_SECONDS)
        if self.id == "updateLocation":
            raise RuntimeError("this body is too much")
        return real(self, request)

    Operation._call = call  # type: ignore[method-assign]


if __name__ == "__main__":
    install()
    cli.main()
