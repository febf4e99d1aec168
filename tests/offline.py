"""The tests reach for no network, and nothing that they do with the program does."""

from __future__ import annotations

_LEADING = ("socket.connect", "socket.sendto", "socket.sendmsg")
_REACHING = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")


class NetworkReachedError(BaseException):
    """Something that was tested reached for a network; no `except Exception` may swallow it."""


def stay_offline(event: str, args: tuple[object, ...]) -> None:
    """An audit hook that ends whatever reaches for a network."""
    # Libraries may look whether the computer knows IPv6 by making a socket; what counts is where one leads.
    reached = event in _LEADING and isinstance(args[1], tuple)
    if reached or event in _REACHING:
        raise NetworkReachedError(event)
