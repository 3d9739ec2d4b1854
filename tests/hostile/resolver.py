"""A resolver that lies: each name means this machine, or its network."""

from __future__ import annotations

from typing import Any

from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer

from newscrawl.network.resolver import GuardedResolver


@implementer(IHostResolution)
class Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        pass


@implementer(IHostnameResolver)
class Liar:
    """Gives one list of addresses after the other, the last one again and again."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *rest: Any) -> Any:  # noqa: N802
        hosts = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        resolution = Resolution(name)
        receiver.resolutionBegan(resolution)
        for host in hosts:
            receiver.addressResolved(IPv4Address("TCP", host, port))
        receiver.resolutionComplete()
        return resolution


class Lying(GuardedResolver):
    """The project's resolver above one that lies."""

    def __init__(self, reactor: Any, cache_size: int, *, allow_private: bool = False) -> None:
        super().__init__(reactor, 0, allow_private=allow_private)
        self.original_resolver = Liar(["127.0.0.1", "10.0.0.1"])
