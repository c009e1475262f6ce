"""A PDF from a template: jinja2 makes the HTML, xhtml2pdf the pages, in fonts for any script.

A handler returns `Rendering(name, "application/pdf", document, (template, context))`; `document` then runs in a worker
process. Rendering reads the template and the shipped fonts, and neither any other file nor the network.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def document(template: Path, context: Mapping[str, Any]) -> bytes:
    """The PDF of this template. `context` is plain data: it travels to another process.

    A template sets no font, and says `@page` and its frames as xhtml2pdf wants them. What it prints of the context
    prints as text, whatever it holds.
    """
    # The server imports this module for the function's name; what it costs to run it is the worker's.
    from pharus.pdf.rendering import render
    from pharus.pdf.templates import fill

    return render(fill(template, context))
