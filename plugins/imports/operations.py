"""The operations of the imports domain, in the order of the document."""

from pharus import openapi
from pharus.errors import NotFound
from pharus.files import Rendering
from plugins.imports import catalogue, templates
from plugins.imports.schemas import ImportList

_FILES = {"xlsx": (openapi.XLSX, templates.xlsx), "csv": (openapi.CSV, templates.csv)}


def list_imports() -> ImportList:
    return {"data": list(catalogue.imports().values())}


def get_import_template(operation: str, file_format: str) -> Rendering:
    found = catalogue.imports().get(operation)
    if found is None:
        raise NotFound(f"no bulk import is called {operation}")
    media_type, make = _FILES[file_format]
    return Rendering(f"{templates.name_of(found)}.{file_format}", media_type, make, (found,))
