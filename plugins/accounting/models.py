"""The tables of the accounting domain."""

import peewee

from pharus.db import Model
from pharus.fields import IdField


class AccountingAccount(Model):
    """The name of an account. The primary key is (org_id, account)."""

    org_id = IdField()
    account = peewee.CharField(max_length=20)
    name = peewee.CharField(max_length=200)

    class Meta:
        primary_key = peewee.CompositeKey("org_id", "account")
