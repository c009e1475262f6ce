"""The records of materials as the contract shows them."""

from pharus.lookups import Lookups
from pharus.records import Records
from plugins.materials import models
from plugins.materials.schemas import Material

types = Lookups(models.MaterialType)
materials = Records(
    models.Material,
    Material,
    requested={"code": "materialCode", "typeId": "materialTypeId"},
)
