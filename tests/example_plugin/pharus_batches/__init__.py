"""Batches and expiry: which batch of a material or SKU lies where, what goes first, where it came from and went."""

from pharus.hooks import hookimpl

from pharus_batches import demo, integrity, posting, references

references_to = hookimpl(references.REFERENCES.count, specname="references_to")
still_holds = hookimpl(references.still_holds, specname="still_holds")
record_deleted = hookimpl(references.forget, specname="record_deleted")
organization_purged = hookimpl(references.note_purge, specname="organization_purged")
stock_posted = hookimpl(posting.post, specname="stock_posted")
namings = hookimpl(references.namings, specname="namings")
check_integrity = hookimpl(integrity.find, specname="check_integrity")
fill_demo = hookimpl(demo.fill, specname="fill_demo")
