"""Events: what has changed of every record, by whom, in order."""

from pharus.hooks import hookimpl
from plugins.events import integrity

check_integrity = hookimpl(integrity.find, specname="check_integrity")
