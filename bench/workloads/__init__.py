"""The workloads. One file each: the rows it needs, the request that is measured, the answers that must agree.

A new workload is a file with a `WORKLOAD` and a line in `WORKLOADS` below; a peer that lacks it must gain it.
"""

from bench.workloads import create_vendor, list_vendors
from bench.workloads.workload import Workload

WORKLOADS: tuple[Workload, ...] = (list_vendors.WORKLOAD, create_vendor.WORKLOAD)
