"""What an accountant of one organization asks its server, by the names of items and locations."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.api import Api

Json = dict[str, Any]

_LEDGERS = {
    "materials": ("materials-inventory", "materialId"),
    "finished goods": ("finished-goods-inventory", "skuId"),
}


@dataclass
class Books:
    api: Api
    # The ids of what there is, by the names that the story gives it.
    ids: dict[str, str] = field(default_factory=dict)
    skus: set[str] = field(default_factory=set)

    def post(self, path: str, **body: Any) -> Json:
        """Something is created, or done."""
        response = self.api.post(f"/api/{path}", body)
        assert response.status_code in (200, 201), response.text
        return dict(response.json())

    def patch(self, path: str, **body: Any) -> Json:
        response = self.api.patch(f"/api/{path}", body)
        assert response.status_code == 200, response.text
        return dict(response.json())

    def put(self, path: str, **body: Any) -> Json:
        response = self.api.put(f"/api/{path}", body)
        assert response.status_code == 200, response.text
        return dict(response.json())

    def get(self, path: str, **params: Any) -> Json:
        response = self.api.get(f"/api/{path}", **params)
        assert response.status_code == 200, response.text
        return dict(response.json())

    def delete(self, path: str) -> None:
        response = self.api.delete(f"/api/{path}")
        assert response.status_code == 200, response.text

    def refused(self, path: str, **body: Any) -> tuple[str, Json]:
        """The code and the details with which the state of the records refuses it."""
        response = self.api.post(f"/api/{path}", body)
        assert response.status_code == 409, response.text
        error = response.json()["error"]
        return error["code"], error.get("details", {})

    def ledger_of(self, item: str) -> tuple[str, str]:
        """The path of its ledger, and the key of its id there."""
        return _LEDGERS["finished goods" if item in self.skus else "materials"]

    def move(self, what: str, item: str, location: str, quantity: str, **more: Any) -> Json:
        """Adjust, dispose, or transfer, by hand."""
        path, key = self.ledger_of(item)
        where = "sourceLocationId" if what == "transfers" else "locationId"
        body = {key: self.ids[item], where: self.ids[location], "quantity": quantity, **more}
        return self.post(f"{path}/{what}", **body)

    def stock(self, item: str, location: str, *, as_of: str | None = None, **expected: str) -> None:
        """What lies, is expected and is promised there, compared with what was worked out."""
        path, key = self.ledger_of(item)
        params = {key: self.ids[item], "locationId": self.ids[location]}
        if as_of is not None:
            params["asOf"] = as_of
        (found,) = self.get(f"{path}/summary", **params)["data"]
        assert {key: found[key] for key in expected} == expected, (item, location)

    def entries(self, item: str, *event_types: str, ref: str) -> list[tuple[str, str, str, str]]:
        """Event, quantity, value and variance of the entries of an order, the oldest first."""
        path, key = self.ledger_of(item)
        rows = self.get(f"{path}/ledger", **{key: self.ids[item]}, ref=ref, sort="createdAt")
        return [
            (row["eventType"], row["quantity"], row["value"], row["variance"])
            for row in rows["data"]
            if row["eventType"] in event_types
        ]

    def brought(self, ledger: str) -> dict[str, Decimal]:
        """What all entries of a ledger brought or took, by event: value less variance, without those that are even."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        page = self.get(f"{_LEDGERS[ledger][0]}/ledger", limit=500)
        assert page["nextCursor"] is None
        for entry in page["data"]:
            sums[entry["eventType"]] += Decimal(entry["value"]) - Decimal(entry["variance"])
        return {event: amount for event, amount in sums.items() if amount}

    def trial_balance(self, **period: str) -> dict[str, Decimal]:
        """The journal added up by account, debit less credit, without those that are even."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        page = self.get("accounting/journal", limit=500, **period)
        assert page["nextCursor"] is None
        for entry in page["data"]:
            assert sum(Decimal(line["debit"]) - Decimal(line["credit"]) for line in entry["lines"]) == 0, entry
            for line in entry["lines"]:
                sums[line["account"]] += Decimal(line["debit"]) - Decimal(line["credit"])
        return {account: amount for account, amount in sums.items() if amount}
