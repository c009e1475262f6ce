"""A tracked item at two places through HTTP: what comes and goes of its lots, and what is there of each."""

from dataclasses import dataclass
from typing import Any

from plugins.lots import integrity
from tests.api import Api
from tests.plugins.inventory.sides import Side


@dataclass(frozen=True)
class Shelves:
    side: Side

    @property
    def api(self) -> Api:
        return self.side.api

    def add(self, place: int = 0, **lots: Any) -> dict[str, Any]:
        """ADJUST of so much of each lot, by its code: a quantity, or a part of the request."""
        parts = [each if isinstance(each, dict) else {"quantity": each} for each in lots.values()]
        named = [{"code": code, **part} for code, part in zip(lots, parts, strict=True)]
        return self.side.adjust(sum(part["quantity"] for part in parts), place, lots=named)

    def dispose(self, quantity: Any, place: int = 0, **more: Any) -> Any:
        return self.api.post(f"{self.side.root}/disposals", self.side.body(quantity, place, **more))

    def lots(self) -> dict[str, dict[str, Any]]:
        rows = self.api.get("/api/lots", **{self.side.key: self.side.item}).json()["data"]
        return {row["code"]: row for row in rows}

    def lot(self, code: str) -> dict[str, Any]:
        return self.lots()[code]

    def set(self, code: str, verb: str, **body: Any) -> Any:
        return self.api.post(f"/api/lots/{self.lot(code)['id']}/{verb}", {"reason": "Looked at", **body})

    def there(self, place: int = 0) -> dict[str, str]:
        """How much of each lot is on hand at a place."""
        return {code: row["onHand"] for code, row in self._balances(place) if row["onHand"] != "0"}

    def coming(self, place: int = 1) -> dict[str, str]:
        """How much of each lot is on its way there."""
        return {code: row["inTransit"] for code, row in self._balances(place) if row["inTransit"] != "0"}

    def discrepancies(self) -> list[str]:
        """What `pharus check` says of lots and of the ledger."""
        assert self.api.org_id is not None
        return [*integrity.of_organization(self.api.org_id), *self.side.discrepancies()]

    def _balances(self, place: int) -> list[tuple[str, dict[str, Any]]]:
        return [
            (code, row)
            for code, lot in self.lots().items()
            for row in self.api.get(f"/api/lots/{lot['id']}/balances").json()["data"]
            if row["locationId"] == self.side.places[place]
        ]
