"""What the requests side adds to the pages of meetings and places: one noun a file.

Each module of this folder registers itself with meetings.additions; ``load`` is called once, at
the start.
"""

from importlib import import_module
from pkgutil import iter_modules


def load() -> None:
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
