"""One of the two ledgers through HTTP, so that a test holds of both."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from plugins.inventory import integrity
from plugins.inventory.ledgers import FINISHED_GOODS, MATERIALS
from tests.api import Api


@dataclass(frozen=True)
class Side:
    """An item at two places, with stock to be put there."""

    api: Api
    root: str
    key: str
    item: str
    places: list[str]
    make_item: Callable[..., str]

    def body(self, quantity: Any, place: int = 0, **more: Any) -> dict[str, Any]:
        return {self.key: self.item, "locationId": self.places[place], "quantity": quantity, **more}

    def adjust(self, quantity: Any, place: int = 0, **more: Any) -> dict[str, Any]:
        response = self.api.post(f"{self.root}/adjustments", self.body(quantity, place, **more))
        assert response.status_code == 201, response.text
        return dict(response.json())

    def transfer(self, quantity: Any, **more: Any) -> Any:
        return self.api.post(
            f"{self.root}/transfers",
            {
                self.key: self.item,
                "sourceLocationId": self.places[0],
                "destinationLocationId": self.places[1],
                "quantity": quantity,
                **more,
            },
        )

    def summary(self, place: int) -> dict[str, str]:
        rows = self.api.get(f"{self.root}/summary", locationId=self.places[place]).json()["data"]
        return next((row for row in rows if row[self.key] == self.item), {})

    def ledger(self, **filters: Any) -> list[dict[str, Any]]:
        return list(self.api.get(f"{self.root}/ledger", **filters).json()["data"])

    def complete(self, ref: str, **more: Any) -> Any:
        return self.api.post(f"{self.root}/transfers/{ref}/complete", more)

    def cancel(self, ref: str, **more: Any) -> Any:
        return self.api.post(f"{self.root}/transfers/{ref}/cancel", more)

    def revalue(self, unit_cost: Any, **more: Any) -> Any:
        body = {self.key: self.item, "locationId": self.places[0], "unitCost": unit_cost, "reason": "Recounted", **more}
        return self.api.post(f"{self.root}/revaluations", body)

    def reverse_revaluation(self, id: str, **more: Any) -> Any:
        return self.api.post(f"{self.root}/revaluations/{id}/reverse", more)

    def dispose(self, quantity: Any, place: int = 0) -> None:
        response = self.api.post(f"{self.root}/disposals", self.body(quantity, place))
        assert response.status_code == 201, response.text

    def discrepancies(self) -> list[str]:
        """What `pharus check` says of the ledger."""
        ledger = MATERIALS if self.key == MATERIALS.item_key else FINISHED_GOODS
        return integrity.of_organization(self.api.org_id, ledger)
