"""What large blocks took is given back, in whichever thread they were."""

import subprocess
import sys

import pytest

_SCRIPT = """
import sys, threading
import psutil
from handlers.workers import memory

if sys.argv[1] == "set":
    memory.return_large_blocks()
process = psutil.Process()

def work():
    # The first one that is freed raises glibc's bound; of the next ones a small block behind each keeps the heap long.
    bytes(9_000_000)
    kept = []
    for _ in range(4):
        large = [bytearray(b"x" * 8_000_000) for _ in range(4)]
        kept.append(bytearray(100_000))
        del large
    return kept

before = process.memory_info().rss
kept = []
threads = [threading.Thread(target=lambda: kept.append(work())) for _ in range(5)]
for thread in threads:
    thread.start()
    thread.join()
print((process.memory_info().rss - before) // 1_000_000)
"""


def kept_megabytes(setting: str) -> int:
    ran = subprocess.run(
        [sys.executable, "-c", _SCRIPT, setting], capture_output=True, text=True, check=True, timeout=60
    )
    return int(ran.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's")
@pytest.mark.no_database
def test_large_blocks_go_back_to_the_system() -> None:
    assert kept_megabytes("set") < 15
    assert kept_megabytes("unset") > 15
