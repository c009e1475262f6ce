"""Python's collector of cyclic garbage, kept out of the way of requests.

A full collection looks at every object that is alive, some 50 nanoseconds each, and all threads stand still meanwhile.
By Python's own measure it comes in the midst of what makes most objects: large bodies, imports, explosions. Collections
of what is young stay as they are: they look at a few thousand objects. Full ones come in an idle moment. What is not in
a cycle is freed at once in any case, so that little waits for that.
"""

import gc

# So many new objects before those are looked at, and so many times that before the next older ones are. By Python's own
# 700 the objects of the requests under way are looked at again and again: a twelfth of all processor time.
_YOUNG, _OLDER = 5_000, 10
# So many of the latter before a full collection, in an idle moment and in any other: some 100,000 new objects that were
# kept, and some 1,400,000. The largest body makes 400,000.
_DUE, _LATEST = 2, 28


def settle() -> None:
    """Once a process is ready: what it has made by then it keeps, and need not look through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _OLDER, _LATEST)


def collect_if_due() -> None:
    """In a moment in which nobody waits."""
    if gc.get_count()[2] >= _DUE:
        gc.collect()
