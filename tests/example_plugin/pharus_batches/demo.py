"""The plugin's part of the demo organization: what lies there already gets suppliers' batches and expiry dates."""

from datetime import timedelta

from pharus.db import current
from pharus.demo_data import DemoData

from pharus_batches import operations


def fill(demo_data: DemoData) -> None:
    today = current().now.date()
    for number, batch in enumerate(operations.batches_list_batches(limit=500)["data"]):
        expires_on = (today + timedelta(days=90 + 30 * number)).isoformat()
        operations.batches_update_batch(
            str(batch["id"]), {"supplierBatch": f"SAMPLE-{number + 1:03d}", "expiresOn": expires_on}
        )
