"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from bench.peers import outbox

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.peers.django_rest.settings")
application = get_wsgi_application()
outbox.start()
