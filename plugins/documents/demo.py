"""The demo organization's documents."""

import io

from pharus.demo_data import DemoData
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

_CERTIFICATE = """Example Oils & Butters
Certificate of analysis

Goat's milk powder, lot EX-7731
Moisture        3.1 %
Fat             28 %
Total count     within bounds
"""


def fill(demo_data: DemoData) -> None:
    """Files reach the store once the demo organization is committed."""
    _attach(demo_data, "purchase_order", "oils", "Packing list.txt", _PACKING_LIST)
    _attach(demo_data, "sales_order", "shipped", "Delivery note.txt", _DELIVERY_NOTE)
    _attach(demo_data, "lot", "milk", "Certificate of analysis.txt", _CERTIFICATE)


def _attach(demo_data: DemoData, kind: DocumentEntityType, key: str, name: str, text: str) -> None:
    content = text.encode()
    document = operations.upload_document(
        {
            "file": Upload(name, "text/plain", len(content), io.BytesIO(content)),
            "entityType": kind,
            "entityId": demo_data.ids[f"{kind}.{key}"],
        }
    )
    demo_data.ids[f"document.{key}"] = document["id"]
