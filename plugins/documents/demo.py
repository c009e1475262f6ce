"""The demo organization's documents."""

import io

from pharus.demo import Story
from pharus.uploads import Upload
from plugins.documents import operations
from plugins.documents.schemas import DocumentEntityType

_PACKING_LIST = """Example Oils & Butters
Packing list for Example Soap Works

Olive oil       drums, food grade
Coconut oil     pails, 76 degrees
Shea butter     cartons, unrefined

Checked and sealed. Store below 25 degrees.
"""

_DELIVERY_NOTE = """Example Soap Works
Delivery note

Gift sets, packed by twelve to a carton.
This side up. Keep dry.
"""


def fill(story: Story) -> None:
    """Files reach the store once the demo organization is committed."""
    _attach(story, "purchase_order", "oils", "Packing list.txt", _PACKING_LIST)
    _attach(story, "sales_order", "shipped", "Delivery note.txt", _DELIVERY_NOTE)


def _attach(story: Story, kind: DocumentEntityType, key: str, name: str, text: str) -> None:
    content = text.encode()
    document = operations.upload_document(
        {
            "file": Upload(name, "text/plain", len(content), io.BytesIO(content)),
            "entityType": kind,
            "entityId": story.ids[f"{kind}.{key}"],
        }
    )
    story.ids[f"document.{key}"] = document["id"]
