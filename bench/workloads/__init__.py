"""The workloads. One file each: the rows it needs, the requests that are measured, the responses that must agree.

A new workload is a file with a `WORKLOAD` and a line in `WORKLOADS` below; a peer that lacks it must gain it.
"""

from bench.workloads import (
    adjust_stock,
    buy_materials,
    create_vendor,
    create_vendor_with_key,
    create_vendor_with_webhook,
    get_order,
    import_materials,
    list_ledger,
    list_vendors,
    stock_summary,
)
from bench.workloads.workload import Workload

WORKLOADS: tuple[Workload, ...] = (
    list_vendors.WORKLOAD,
    list_ledger.WORKLOAD,
    stock_summary.WORKLOAD,
    get_order.WORKLOAD,
    create_vendor.WORKLOAD,
    create_vendor_with_key.WORKLOAD,
    create_vendor_with_webhook.WORKLOAD,
    adjust_stock.WORKLOAD,
    buy_materials.WORKLOAD,
    import_materials.WORKLOAD,
)
