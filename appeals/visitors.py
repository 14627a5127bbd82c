"""Where a visitor comes from, for limits alone."""

from allauth.account.adapter import get_adapter


def network_address(request) -> str:
    """The visitor's network address: the last one that our own proxy wrote, or the connection's."""
    return get_adapter().get_client_ip(request)
