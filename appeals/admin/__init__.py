"""The requests side in the administrators' site, one file a noun."""

from appeals.admin import bodies, demands

__all__ = ["bodies", "demands"]
