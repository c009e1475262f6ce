"""The records of the plugin as its document shows them."""

from pharus.records import Records

from pharus_inspections import models
from pharus_inspections.schemas import InspectionsInspection

inspections = Records(models.InspectionsInspection, InspectionsInspection)
