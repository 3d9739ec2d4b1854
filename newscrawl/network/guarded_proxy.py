"""A loopback proxy for a browser's requests, under the same rule as the crawl: only the public internet."""

from __future__ import annotations

import asyncio
import base64
import ipaddress
import logging
import secrets
import socket
from collections.abc import Coroutine, Iterable
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from newscrawl.network.public_hosts import is_public, refusal
from newscrawl.text.plain import one_line

logger = logging.getLogger(__name__)

_HEAD = 64 * 1024
_BODY = 4 * 1024 * 1024
_PATIENCE = 60
_NEXT = 5


class RefusedError(Exception):
    """A forbidden host or an invalid request. Raised and handled by `GuardedProxy`."""


class GuardedProxy:
    """An HTTP proxy (CONNECT, and plain requests one a connection) that connects to public addresses alone.

    A name is resolved here and the connection goes to the IP address that was checked, so that DNS rebinding gains
    nothing. Where the operator set a proxy in the environment, requests go through it, and it checks names. ``ports``:
    the allowed ports of public addresses (empty: any). ``user`` and ``password`` keep other programs of this
    machine out.
    """

    def __init__(self, *, allow_private: bool = False, ports: Iterable[int] = ()) -> None:
        self.allow_private = allow_private
        self.ports = frozenset(ports)
        self.user, self.password = "newscrawl", secrets.token_urlsafe(18)
        self.refused: set[str] = set()
        """Hosts that were requested and refused."""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._server: asyncio.Server | None = None
        self._login = "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()

    @property
    def address(self) -> str:
        """URL of the proxy, for the browser's settings."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    async def start(self) -> None:
        """Start to listen."""
        self._server = await asyncio.start_server(self._serve, sock=self._socket, limit=_HEAD)

    def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
        self._socket.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far: asyncio.StreamWriter | None = None
        try:
            async with asyncio.timeout(_PATIENCE):
                head = await reader.readuntil(b"\r\n\r\n")
                line, headers = _parse(head)
                if not secrets.compare_digest(_value(headers, b"proxy-authorization").encode(), self._login.encode()):
                    writer.write(b"HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=newscrawl\r\n")
                    writer.write(b"Content-Length: 0\r\nConnection: close\r\n\r\n")
                    return
                far_reader, far = await self._connect(line, headers, writer)
                if line[0].upper() == b"CONNECT":
                    pipes = [_pipe(reader, far), _pipe(far_reader, writer)]
                else:
                    far.write(await reader.readexactly(_length(headers)))
                    head, length = await _last_head(far_reader, line[0])
                    writer.write(head)
                    pipes = [_pipe(far_reader, writer, length)]
            await _all(pipes)
        except RefusedError as error:
            text = one_line(error).encode("ascii", "replace")
            writer.write(b"HTTP/1.1 403 Refused\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(text) + text)
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            writer.write(b"HTTP/1.1 502 Failed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        except asyncio.CancelledError:
            pass  # the crawl ends, and this task with it
        finally:
            for end in (far, writer):
                if end is not None:
                    end.close()

    async def _connect(
        self, line: list[bytes], headers: list[bytes], writer: asyncio.StreamWriter
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to the host of a request's first line, and forward the request."""
        method, target, version = line
        tunnel = method.upper() == b"CONNECT"
        parts = urlsplit(f"//{target.decode('ascii')}" if tunnel else target.decode("ascii"))
        host, port = parts.hostname or "", parts.port or (443 if tunnel else 80)
        if not tunnel and parts.scheme != "http":
            raise RefusedError("only http and https URLs are fetched")
        scheme = "https" if tunnel else "http"
        upstream = None if proxy_bypass(host) else getproxies().get(scheme) or getproxies().get("all")
        addresses = await self._judged(host, port, named=bool(upstream))
        kept = _without(headers, b"proxy-", b"connection:", b"keep-alive:", b"upgrade:")
        if upstream:
            via = urlsplit(upstream if "://" in upstream else f"http://{upstream}")
            far_reader, far = await asyncio.open_connection(via.hostname, via.port or 80, limit=_HEAD)
            if via.username:
                login = f"{unquote(via.username)}:{unquote(via.password or '')}".encode()
                kept.append(b"Proxy-Authorization: Basic " + base64.b64encode(login))
        else:
            far_reader, far = await _open_first(addresses, port)
            if not tunnel:
                target = (parts._replace(scheme="", netloc="", fragment="").geturl() or "/").encode()
        if tunnel and not upstream:
            writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        else:
            kept += [] if tunnel else [b"Connection: close"]
            far.write(b"\r\n".join([b" ".join((method, target, version)), *kept, b"", b""]))
        return far_reader, far

    async def _judged(self, host: str, port: int, *, named: bool) -> list[str]:
        """Return the addresses to connect to; raises `RefusedError`. ``named``: a proxy resolves the name."""
        if self.allow_private and named:
            return [host]
        reason = None if self.allow_private else refusal(host)
        if reason is None and self.ports and port not in self.ports and not self.allow_private:
            reason = f"port {port} is not among those that may be requested"
        if reason is None and named:
            return [host]
        if reason is None:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = [str(address[0]) for *_, address in found]
            if not self.allow_private:
                addresses = [one for one in addresses if is_public(ipaddress.ip_address(one.partition("%")[0]))]
            if addresses:
                return addresses
            reason = f"{host} resolves to no IP address of the public internet"
        if host not in self.refused:
            self.refused.add(host)
            logger.warning("a page's script requested %s: %s, so it was refused", one_line(host), one_line(reason))
        raise RefusedError(reason)


async def _open_first(addresses: list[str], port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to the first address that responds: a machine may have no route to those of IPv6."""
    for address in addresses[:-1]:
        try:
            async with asyncio.timeout(_NEXT):
                return await asyncio.open_connection(address, port, limit=_HEAD)
        except (OSError, TimeoutError):
            continue
    return await asyncio.open_connection(addresses[-1], port, limit=_HEAD)


def _parse(head: bytes) -> tuple[list[bytes], list[bytes]]:
    line, *headers = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    parts = line.split(b" ", 2)
    if len(parts) != 3:
        raise RefusedError("this is no request")
    return parts, headers


def _without(headers: list[bytes], *starts: bytes) -> list[bytes]:
    return [header for header in headers if not header.lower().startswith(starts)]


def _value(headers: list[bytes], name: bytes) -> str:
    for header in headers:
        key, _, value = header.partition(b":")
        if key.strip().lower() == name:
            return value.strip().decode("ascii", "replace")
    return ""


def _length(headers: list[bytes]) -> int:
    """Return the length of a request's body, the only following bytes that belong to it."""
    if _value(headers, b"transfer-encoding"):
        raise RefusedError("a request of unknown length")
    length = _value(headers, b"content-length") or "0"
    if not (length.isdecimal() and int(length) <= _BODY):
        raise RefusedError("a request that is too long")
    return int(length)


async def _last_head(reader: asyncio.StreamReader, method: bytes) -> tuple[bytes, int | None]:
    """Return the header of a response and its body's length, ``None`` where it ends with the connection.

    The header tells the browser that the connection serves no other request: one for another host would be sent there.
    """
    while True:
        line, headers = _parse(await reader.readuntil(b"\r\n\r\n"))
        if not line[1].startswith(b"1"):  # interim responses such as 100 Continue precede the final one
            break
    length = _value(headers, b"content-length")
    kept = _without(headers, b"connection:", b"keep-alive:", b"proxy-")
    head = b"\r\n".join([b" ".join(line), *kept, b"Connection: close", b"", b""])
    if method.upper() == b"HEAD" or line[1] in (b"204", b"304"):
        return head, 0
    return head, int(length) if length.isdecimal() and not _value(headers, b"transfer-encoding") else None


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, length: int | None = None) -> None:
    while length != 0 and (piece := await reader.read(_HEAD if length is None else min(_HEAD, length))):
        writer.write(piece)
        await writer.drain()
        length = None if length is None else length - len(piece)
    if writer.can_write_eof():
        writer.write_eof()


async def _all(pipes: list[Coroutine[None, None, None]]) -> None:
    """Wait for all directions; where one fails, cancel the others."""
    try:
        async with asyncio.TaskGroup() as group:
            for pipe in pipes:
                group.create_task(pipe)
    except* OSError:
        pass
