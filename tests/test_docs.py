"""The pages for people say what is so: every hook has its words and a test, commands exist, examples are Python."""

import ast
import inspect
import re
from pathlib import Path

import pytest

from handlers.cli import main
from pharus import hooks
from pharus.hooks import HOOKS

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).parent.parent
PLUGINS = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
HOOKS_PAGE = (ROOT / "docs" / "reference" / "hooks.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "docs" / "plugins.md"]

# Where each hook is proved: by the example plugin, or by one of a test of the domains.
_STEPS = "plugins/test_steps.py::"
_EXAMPLE = "example_plugin/tests/test_inspections.py::"
_SERVER = "test_example_plugin.py::"
PROOFS = {
    "references_to": f"{_EXAMPLE}test_material_with_inspections_is_in_use_and_says_what_it_still_holds",
    "still_holds": f"{_EXAMPLE}test_material_with_inspections_is_in_use_and_says_what_it_still_holds",
    "record_deleted": f"{_EXAMPLE}test_receipt_that_was_wrong_goes_with_its_inspections",
    "organization_purged": f"{_SERVER}test_its_tables_go_with_the_organization",
    "before_status_changes": f"{_STEPS}test_a_veto_stops_the_step_and_says_whose_it_is",
    "after_status_changes": f"{_STEPS}test_many_new_orders_are_told_together_and_refused_together",
    "before_receipt": f"{_STEPS}test_an_order_of_what_is_made_tells_of_its_receipts",
    "after_receipt": f"{_STEPS}test_a_purchase_order_tells_of_its_statuses_and_receipts",
    "before_shipment": f"{_STEPS}test_a_sales_order_tells_of_its_shipments",
    "after_shipment": f"{_STEPS}test_a_sales_order_tells_of_its_shipments",
    "before_transfer": f"{_STEPS}test_a_transfer_tells_of_its_stages",
    "after_transfer": f"{_STEPS}test_a_transfer_tells_of_its_stages",
    "before_stock_posted": f"{_STEPS}test_a_reservation_is_refused_whatever_asks_for_it",
    "event_statuses": "plugins/webhooks/test_event_types.py::test_statuses_of_a_plugins_table_name_events",
    "jobs": "handlers/workers/test_plugin_jobs.py::"
    "test_a_job_on_a_schedule_runs_in_every_organization_and_says_who_it_was",
    "console_pages": "handlers/http/test_plugin_pages.py::test_menu_has_the_pages_of_all_plugins",
    "extension_given": "handlers/http/test_extensions.py::"
    "test_a_part_of_a_request_is_handed_to_its_plugin_and_to_nobody_else",
    "extension_shown": "handlers/http/test_extensions.py::test_a_page_is_shown_with_one_question_for_all_its_rows",
    "stock_posted": "pharus/test_hooks.py::"
    "test_hook_of_another_distribution_that_raises_says_whose_it_is_and_what_to_do",
    "namings": "pharus/test_naming.py::test_what_the_domains_say_is_of_their_tables_and_of_one_meaning",
    "check_integrity": f"{_SERVER}test_demo_and_check_include_it",
    "fill_demo": f"{_SERVER}test_demo_and_check_include_it",
}


@pytest.mark.parametrize("hook", HOOKS)
def test_hook_is_documented_with_its_parameters(hook: str) -> None:
    parameters = ", ".join(inspect.signature(getattr(hooks, hook)).parameters)
    heading = f"### `{hook}({parameters})`\n"
    assert heading in HOOKS_PAGE, f"docs/reference/hooks.md needs the heading {heading}"
    words = HOOKS_PAGE.split(heading)[1].split("\n#")[0].split()
    assert len(words) >= 15, f"the docstring of {hook} says too little"
    assert f"`{hook}`" in PLUGINS, f"docs/plugins.md does not say what {hook} is for"


@pytest.mark.parametrize("hook", HOOKS)
def test_hook_is_proved_by_a_test(hook: str) -> None:
    assert hook in PROOFS, f"name the test that proves {hook}"
    file, test = PROOFS[hook].split("::")
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, PROOFS[hook]


def test_no_hook_is_documented_that_does_not_exist() -> None:
    assert set(re.findall(r"^### `(\w+)\(", HOOKS_PAGE.split("\n## ")[0], re.MULTILINE)) == set(HOOKS) == set(PROOFS)


def test_page_about_plugins_is_read_in_ten_minutes() -> None:
    assert len(PLUGINS.split()) < 2000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist(page: Path) -> None:
    commands = re.findall(
        r"^(?:\.venv/bin/)?pharus ([a-z-]+)((?: (?!#).*)?)$", page.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert commands
    for name, rest in commands:
        assert name in main.commands, name
        known = {option for parameter in main.commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", rest.split("#")[0])) <= known, (name, rest)


def test_python_is_python() -> None:
    for block in re.findall(r"```python\n(.*?)```", PLUGINS, re.DOTALL):
        ast.parse(block)
