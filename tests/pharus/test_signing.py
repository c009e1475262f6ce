from pharus import db, signing


def test_secret_is_the_installations_own_and_always_the_same(unit: db.Unit) -> None:
    known = signing.secret()
    assert len(known) == 32
    assert signing.secret() is known
    assert bytes(db.db.row("SELECT installation_secret()")[0]) == known


def test_secret_of_another_database_is_another_one(scratch: str, database_url: str) -> None:
    from pharus import migrations

    migrations.apply(migrations.read(["pharus"]))
    own = signing.secret()
    db.configure(database_url)
    db.db.connect()
    assert signing.secret() != own
