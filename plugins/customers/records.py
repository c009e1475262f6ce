"""The records of customers as the contract shows them."""

from pharus.lookups import Lookups
from pharus.records import Records
from plugins.customers import models
from plugins.customers.schemas import Customer

types = Lookups(models.CustomerType)
segments = Lookups(models.CustomerSegment)
brokers = Lookups(models.Broker)
customers = Records(
    models.Customer,
    Customer,
    requested={"typeId": "customerTypeId", "segmentId": "customerSegmentId", "parentId": "parentCustomerId"},
)
