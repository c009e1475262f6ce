"""What arrives is inspected before it is used: quality inspections of the receipts of purchase orders."""

from pharus.hooks import hookimpl

from pharus_inspections import demo, integrity, nightly, page, receipts, references, vetoes

before_receipt = hookimpl(receipts.require_certificate, specname="before_receipt")
after_receipt = hookimpl(receipts.begin_inspections, specname="after_receipt")
extension_given = hookimpl(receipts.keep_certificate, specname="extension_given")
extension_shown = hookimpl(receipts.show, specname="extension_shown")
before_stock_posted = hookimpl(vetoes.refuse_use, specname="before_stock_posted")
before_status_changes = hookimpl(vetoes.refuse_payment, specname="before_status_changes")
references_to = hookimpl(references.REFERENCES.count, specname="references_to")
still_holds = hookimpl(references.still_holds, specname="still_holds")
record_deleted = hookimpl(references.forget, specname="record_deleted")
organization_purged = hookimpl(references.note_purge, specname="organization_purged")
event_statuses = hookimpl(references.statuses, specname="event_statuses")
jobs = hookimpl(nightly.jobs, specname="jobs")
console_pages = hookimpl(page.pages, specname="console_pages")
check_integrity = hookimpl(integrity.find, specname="check_integrity")
fill_demo = hookimpl(demo.fill, specname="fill_demo")
