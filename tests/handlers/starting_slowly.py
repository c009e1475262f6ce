"""A worker that takes longer to start than one may take to answer; its application ends the server when it is there."""

import multiprocessing
import os
import signal
import time

from starlette.applications import Starlette

from handlers.supervisor import Worker

SECONDS = 3

# Before it can be asked anything: this module is imported to make the worker.
if multiprocessing.parent_process() is not None:
    time.sleep(SECONDS)


class SlowWorker(Worker):
    pass


def create_app() -> Starlette:
    os.kill(os.getppid(), signal.SIGTERM)
    return Starlette()
