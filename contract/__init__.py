"""Does a deployment keep what its document promises? Asked over HTTP alone, so of any deployment, by anybody.

    document             the operations of a deployment's /api/openapi.json, their examples, their places for ids
    conformance          is an answer one that the document declares?
    calling              a request made of an example, and the deployment that it is sent to
    access_levels        what a caller may do, by the document alone
    callers              somebody of every access level, and how each comes by a token
    entities             what an id is the id of, by the names in the document
    seed_data            records of every entity in two organizations, made of the document's own examples
    roles                every operation × every access level
    tenant_isolation     every place for an id × the records of another organization
    fuzzing              schemathesis, with real ids among the generated ones
    schemathesis_hooks   what is loaded into schemathesis; `deployment_hooks` says what its requests name
    linked_ids           which ids the links of the document have led to
    report               what was checked and found: text, JUnit, exit code
    fixtures             for pytest: a server of one's own, and callers of every role

`pharus test-contract` runs it; the tests of Pharus itself use the same modules and add what only they know: records in
the database, and whether a refused request changed a row (`tests/contract/seed_data`). It needs the extra
`test-contract`. Nothing here knows a domain by name.
"""
