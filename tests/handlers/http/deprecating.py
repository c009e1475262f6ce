"""`python -m tests.handlers.http.deprecating`: the server with a document in which an operation, and a parameter of
another one, are deprecated."""

from typing import Any

from handlers import app, cli, spec
from pharus.openapi import dereference

SINCE, SUNSET = "2026-11-28", "2027-06-01"
_MARKS = {"deprecated": True, "x-deprecated-since": SINCE, "x-sunset": SUNSET}


def _mark() -> None:
    real = app.document

    def document(*arguments: Any) -> spec.Document:
        # Of this process alone.
        made = real(*arguments)
        made["paths"]["/api/vendors"]["get"].update(_MARKS)
        customers = made["paths"]["/api/customers"]["get"]
        parameters = [dereference(made, each) for each in customers["parameters"]]
        later = {**_MARKS, "x-sunset": "2027-07-01"}
        customers["parameters"] = [{**each, **later} if each["name"] == "q" else each for each in parameters]
        return made

    app.document = document


if __name__ == "__main__":
    _mark()
    cli.main()
