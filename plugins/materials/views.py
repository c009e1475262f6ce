from plugins.materials.handlers import _materials

materials = _materials
