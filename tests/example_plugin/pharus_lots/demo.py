"""The plugin's part of the demo organization: what lies there already gets suppliers' lots and expiry dates."""

from datetime import timedelta

from pharus.db import current
from pharus.demo_data import DemoData

from pharus_lots import operations


def fill(demo_data: DemoData) -> None:
    today = current().now.date()
    for number, lot in enumerate(operations.lots_list_lots(limit=500)["data"]):
        expires_on = (today + timedelta(days=90 + 30 * number)).isoformat()
        operations.lots_update_lot(str(lot["id"]), {"supplierLot": f"SAMPLE-{number + 1:03d}", "expiresOn": expires_on})
