"""Does a deployment keep what its document promises? Asked over HTTP alone, so of any deployment, by anybody.

    document      the operations of a deployment's /api/openapi.json, their examples, their places for ids
    conformance   is an answer one that the document declares?
    parties       who calls: every standing that a caller can have, and how each comes by a token
    world         records of every kind in two organizations, made of the document's own examples
    roles         every operation × every standing
    borders       every place for an id × the records of another organization
    fuzzing       schemathesis, with real ids among the generated ones (hooks runs inside of it)
    report        what was checked and found: text, JUnit, exit code
    fixtures      for pytest: a server of one's own, and callers of every role

`pharus test-contract` runs it. It needs the extra `test-contract`. Nothing here knows a domain by name.
"""
