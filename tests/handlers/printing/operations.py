from typing import Any

from pharus.files import Rendering
from plugins.vendors import operations as vendors
from tests.handlers.printing import files


def printing_print_file(body: dict[str, Any]) -> Any:
    """Writes a row, and answers the file that `kind` names."""
    vendors.create_vendor({"name": body["name"]})
    if body["kind"] == "json":
        return {"made": body["name"]}
    media_type = "text/html" if body["kind"] == "undeclared" else "application/pdf"
    return Rendering(f"{body['name']}.pdf", media_type, getattr(files, body["kind"]), tuple(body.get("arguments", ())))
