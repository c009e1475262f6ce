"""The records of prices as the contract shows them."""

from pharus.records import Records
from plugins.prices import models
from plugins.prices.schemas import CustomerPrice, SupplierPrice

supplier_prices = Records(models.SupplierPrice, SupplierPrice)
customer_prices = Records(models.CustomerPrice, CustomerPrice)
