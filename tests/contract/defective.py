"""`python -m tests.contract.defective`: the server with five defects, each in another wall, for the checks to find."""

from typing import Any

from handlers import cli
from handlers.http.body_schema import Findings
from handlers.http.security import Security
from handlers.http.validation import BodyValidator
from pharus.db import db
from pharus.errors import Conflict, NotFound
from plugins.locations.records import locations
from plugins.materials.records import types
from plugins.vendors.records import vendors

# Where each of them is: the operation that the checks must name.
DEFECTS = ("deleteLocation", "getVendor", "listLocations", "createLocation", "createMaterial")


def install() -> None:
    _let_viewers_delete_locations()
    _show_vendors_of_other_organizations()
    _leave_a_key_out_of_the_list_of_locations()
    _take_any_body_for_a_location()
    _tell_a_type_of_another_organization_from_none()


def _let_viewers_delete_locations() -> None:
    real_init, real_authorize = Security.__init__, Security.authorize

    def remember(self: Any, operation: Any, scope: Any, provider: Any) -> None:
        real_init(self, operation, scope, provider)
        self.skips = operation["operationId"] == "deleteLocation"

    def authorize(self: Any, actor: Any, opening: Any) -> None:
        if not (self.skips and actor.role is not None):
            real_authorize(self, actor, opening)

    Security.__init__, Security.authorize = remember, authorize  # type: ignore[method-assign]


def _show_vendors_of_other_organizations() -> None:
    def get(id: str, *, lock: bool = False) -> Any:
        # As the owner of the database, past row-level security.
        db.execute_sql("RESET ROLE")
        row = db.execute_sql(f"SELECT {vendors.selected} FROM vendor WHERE id = %s", (id,)).fetchone()
        if row is None:
            raise NotFound("no vendor with the id " + id)
        return vendors.row(row)

    vendors.get = get  # type: ignore[method-assign]


def _leave_a_key_out_of_the_list_of_locations() -> None:
    real = locations.select

    def select(*given: Any) -> Any:
        return [{key: value for key, value in record.items() if key != "zipCode"} for record in real(*given)]

    locations.select = select  # type: ignore[method-assign]


def _take_any_body_for_a_location() -> None:
    real = BodyValidator.is_valid
    columns = locations.column_of

    def is_valid(self: Any, value: Any) -> bool:
        if real(self, value):
            return True
        if not (isinstance(value, dict) and isinstance(value.get("name"), str) and set(value) <= set(columns)):
            return False
        findings = Findings()
        self.look(value, findings)
        return all(problem.path == "/country" for problem in findings.problems)

    BodyValidator.is_valid = is_valid  # type: ignore[method-assign]


def _tell_a_type_of_another_organization_from_none() -> None:
    real = types.records.require

    def require(ids: Any, **options: Any) -> Any:
        try:
            return real(ids, **options)
        except NotFound:
            db.execute_sql("RESET ROLE")
            if db.execute_sql("SELECT FROM material_type WHERE id = ANY(%s::uuid[])", (list(ids),)).rowcount:
                raise Conflict("the material type belongs to somebody else") from None
            raise

    types.records.require = require  # type: ignore[method-assign]


if __name__ == "__main__":
    install()
    cli.main()
