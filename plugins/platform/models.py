"""The tables of the platform: users, organizations and what connects them."""

import peewee

from pharus.db import Model, TenantModel
from pharus.fields import AmountField, IdField, InstantField, TextsField


class User(Model):
    """A person, known by the uid of the identity provider. The email is stored in its canonical form."""

    id = IdField(primary_key=True)
    firebase_uid = peewee.CharField()
    email = peewee.CharField()
    display_name = peewee.CharField(null=True)
    is_active = peewee.BooleanField()
    purge_requested_at = InstantField(null=True)
    last_login_at = InstantField(null=True)
    created_at = InstantField()
    updated_at = InstantField()

    class Meta:
        table_name = "app_user"


class Organization(Model):
    """The tenant itself; every row of a tenant goes with it. One that is to be purged is not active."""

    id = IdField(primary_key=True)
    name = peewee.CharField()
    slug = peewee.CharField()
    is_active = peewee.BooleanField()
    purge_requested_at = InstantField(null=True)
    time_zone = peewee.CharField(default="UTC")
    closed_through = peewee.DateField(null=True)
    requires_if_match = peewee.BooleanField(default=False)
    created_at = InstantField()
    updated_at = InstantField()


class OrganizationSettings(Model):
    """One row per organization: what it prints on its documents, how long its log is kept, what it tolerates."""

    org_id = IdField(primary_key=True)
    legal_name = peewee.CharField(null=True)
    address = peewee.CharField(null=True)
    city = peewee.CharField(null=True)
    state = peewee.CharField(null=True)
    country = peewee.CharField(null=True)
    zip_code = peewee.CharField(null=True)
    logo_url = peewee.CharField(null=True)
    contact_email = peewee.CharField(null=True)
    contact_phone = peewee.CharField(null=True)
    event_retention_days = peewee.IntegerField(null=True)
    over_receipt_tolerance_percent = AmountField(null=True)
    currency = peewee.CharField(null=True)
    created_at = InstantField()
    updated_at = InstantField()


class Membership(TenantModel):
    """A user in an organization. One who left keeps the row, inactive, so that coming back keeps the join date."""

    user_id = IdField()
    role = peewee.CharField()
    is_active = peewee.BooleanField(default=True)
    joined_at = InstantField()
    last_active_at = InstantField(null=True)
    created_at = InstantField()
    updated_at = InstantField()


class Invitation(TenantModel):
    """Pending while neither accepted nor revoked; at most one of these per organization and email. Of its token only
    the SHA-256 is stored."""

    invited_by = IdField(null=True)
    email = peewee.CharField()
    role = peewee.CharField()
    token_hash = peewee.BlobField()
    expires_at = InstantField()
    accepted_at = InstantField(null=True)
    revoked_at = InstantField(null=True)
    created_at = InstantField()


class ApiToken(TenantModel):
    """A personal access token; of its secret only the SHA-256 is stored. Without `scopes` it is good for everything."""

    user_id = IdField()
    name = peewee.CharField()
    token_prefix = peewee.CharField()
    token_hash = peewee.BlobField()
    last_used_at = InstantField(null=True)
    expires_at = InstantField(null=True)
    revoked_at = InstantField(null=True)
    created_at = InstantField()
    scopes = TextsField(null=True)
    skips_confirmation = peewee.BooleanField(default=False)
