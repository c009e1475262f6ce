"""The two ledgers, and what is different between them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ledger:
    """Names of one ledger: its tables, the item's table and key, the prefix of its codes and of its transfers."""

    name: str
    item: str
    item_key: str
    code_prefix: str
    transfer_prefix: str

    @property
    def entries(self) -> str:
        return f"{self.name}_ledger_entry"

    @property
    def balances(self) -> str:
        return f"{self.name}_balance"

    @property
    def history(self) -> str:
        return f"{self.name}_history"

    @property
    def history_queue(self) -> str:
        return f"{self.name}_history_queue"


MATERIALS = Ledger("materials", "material", "materialId", "MIL", "TFR-MI")
FINISHED_GOODS = Ledger("finished_goods", "sku", "skuId", "FIL", "TFR-FG")
LEDGERS = (MATERIALS, FINISHED_GOODS)
