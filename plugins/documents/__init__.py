"""Documents: files that are kept with orders and lots, in a folder or a bucket."""

from pharus.hooks import hookimpl
from plugins.documents import demo, integrity, rules

record_deleted = hookimpl(rules.forget, specname="record_deleted")
organization_purged = hookimpl(rules.forget_organization, specname="organization_purged")
fill_demo = hookimpl(demo.fill, specname="fill_demo")
check_integrity = hookimpl(integrity.find, specname="check_integrity")
