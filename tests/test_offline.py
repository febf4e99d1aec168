"""No test, and so nothing that a test does with the program, reaches for a network."""

from __future__ import annotations

import socket

import pytest
from offline import NetworkReachedError


@pytest.mark.parametrize(
    ("family", "address"), [(socket.AF_INET, ("127.0.0.1", 9)), (socket.AF_INET6, ("::1", 9, 0, 0))]
)
def test_a_connection_ends_the_test(family, address):
    with socket.socket(family) as made, pytest.raises(NetworkReachedError):
        made.connect(address)


def test_a_message_ends_the_test():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made, pytest.raises(NetworkReachedError):
        made.sendto(b"x", ("127.0.0.1", 9))


def test_a_name_of_a_computer_is_not_asked_for():
    with pytest.raises(NetworkReachedError):
        socket.getaddrinfo("localhost", 80)
