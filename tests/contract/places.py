"""Where a request can name a record: every place of the document for a UUID, and the few for other names."""

from contract.document import Operation, Place

# Parameters of a path that are no UUID, and name something all the same.
TEXT_NAMES = {"ref"}
# And those that do not: who has the token of an invitation may see it; it is a credential, not a name.
CREDENTIALS = {"token"}
# And those that name something of the document, which everybody has.
OF_THE_DOCUMENT = {"operation"}


def find(operation: Operation) -> list[Place]:
    """Every place of the operation where an id, or another name of a record, may be."""
    names = []
    for parameter in operation.parameters:
        place = Place(parameter["in"], (parameter["name"],))
        if place.part == "path":
            assert place in operation.places or place.name in TEXT_NAMES | CREDENTIALS | OF_THE_DOCUMENT, (
                f"{operation.id}: is {{{place.name}}} in its path the name of a record? Say so in {__name__}"
            )
        if place.part in ("path", "query") and place.name in TEXT_NAMES:
            names.append(place)
    return [*operation.places, *names]
