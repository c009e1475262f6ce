"""The client of Pharus. `Client` and `AsyncClient` have one group of methods for each part of the API."""

from pharus_client import refusals
from pharus_client.client import AsyncClient, Client
from pharus_client.downloads import AsyncDownload, Download
from pharus_client.errors import ApiError, Unreachable
from pharus_client.feed import AsyncFeed, Feed
from pharus_client.files import File
from pharus_client.pages import AsyncPages, Pages
from pharus_client.retries import Retries
from pharus_client.values import etag
from pharus_client.version import API_VERSION, VERSION
from pharus_client.webhooks import InvalidSignature, verify_webhook

__all__ = [
    "API_VERSION",
    "VERSION",
    "ApiError",
    "AsyncClient",
    "AsyncDownload",
    "AsyncFeed",
    "AsyncPages",
    "Client",
    "Download",
    "Feed",
    "File",
    "InvalidSignature",
    "Pages",
    "Retries",
    "Unreachable",
    "etag",
    "refusals",
    "verify_webhook",
]
