"""Materials: what is bought and used up, and the types that sort them."""

from pharus.hooks import hookimpl
from pharus.naming import Naming
from pharus.references import References
from plugins.materials import demo

fill_demo = hookimpl(demo.fill, specname="fill_demo")
references_to = hookimpl(
    References({"material_type": {"materialCount": [("material", "material_type_id")]}}).count,
    specname="references_to",
)


@hookimpl
def namings() -> list[Naming]:
    return [
        Naming(
            "material",
            ("material_code_key", "text_key(name)"),
            ("materialId",),
            shown=(("code", "material_code"), ("name", "name")),
            among=("itemId",),
        ),
        Naming("material_type", ("name_key",), ("typeId",), below="/api/materials/"),
    ]
