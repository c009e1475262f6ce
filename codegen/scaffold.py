"""A new plugin as a distribution of its own: everything it takes to install, test and serve it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from codegen.rendering import templates

_FOLDER = "plugin/"
# What a plugin may have beside, each in a folder of its own.
PARTS = ("jobs", "settings", "page")
# Where a file goes that cannot lie in a package of templates under its own name.
_ELSEWHERE = {"gitignore": ".gitignore", "ci/ci.yml": ".github/workflows/ci.yml"}
_EMPTY = ("{package}/py.typed", "tests/__init__.py")


def plugin_files(names: Mapping[str, str], parts: Collection[str] = ()) -> dict[str, str]:
    """The text of each file by its path in the new folder; `parts` are those of PARTS that it has.

    `names` has what the plugin calls itself in each place: name, package, distribution, path, operation_prefix,
    snake_prefix, prefix (of components), and the version of Pharus.
    """
    environment = templates()
    files = {path.format(**names): "" for path in _EMPTY}
    folders = (_FOLDER, *(f"plugin_with/{part}/" for part in parts))
    for template in environment.list_templates(filter_func=lambda name: name.startswith(folders)):
        folder = next(each for each in folders if template.startswith(each))
        path = template.removeprefix(folder).removesuffix(".j2")
        path = _ELSEWHERE.get(path, path)
        if path.startswith("package/"):
            path = names["package"] + path.removeprefix("package")
        files[path] = environment.get_template(template).render({**names, "parts": parts})
    return files
