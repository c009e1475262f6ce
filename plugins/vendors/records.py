"""The records of vendors as the contract shows them."""

from pharus.records import Records
from plugins.vendors import models
from plugins.vendors.schemas import Vendor

vendors = Records(models.Vendor, Vendor)
