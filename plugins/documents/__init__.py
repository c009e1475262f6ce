"""Documents: files that are kept with orders, in a folder or a bucket."""

from pharus.hooks import hookimpl
from plugins.documents import faults, rules

record_deleted = hookimpl(rules.forget, specname="record_deleted")
organization_purged = hookimpl(rules.forget_organization, specname="organization_purged")
find_faults = hookimpl(faults.find, specname="find_faults")
