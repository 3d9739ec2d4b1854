"""A web server on loopback that answers as no server should, byte by byte as it is told."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

Send = Callable[[bytes], None]
Act = Callable[[Send, threading.Event], None]
"""What is done with a connection: told how to send, and the event of the server's end to wait for."""


def answer(body: bytes | str, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> Act:
    """A sound answer with these headers."""
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(data)}",
        "Connection: close",
        *headers,
    ]
    head = "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"
    return raw(head + data)


def raw(*pieces: bytes) -> Act:
    """These bytes, and the connection closed."""

    def act(send: Send, over: threading.Event) -> None:
        for piece in pieces:
            send(piece)

    return act


def endless(start: bytes, piece: bytes, pause: float = 0.0) -> Act:
    """A start, and then a piece again and again until the other side has enough."""

    def act(send: Send, over: threading.Event) -> None:
        send(start)
        while not over.wait(pause):
            send(piece)

    return act


def silent(send: Send, over: threading.Event) -> None:
    """No answer at all."""
    over.wait()


def reset(send: Send, over: threading.Event) -> None:
    """The connection torn down; `_serve` knows it."""
    raise ConnectionResetError


@dataclass
class Hostile:
    """What is answered by path, and what was asked."""

    port: int
    acts: Mapping[str, Act]
    asked: list[str] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


@contextmanager
def hostile(acts: Mapping[str, Act], certificate: Path | None = None) -> Iterator[Hostile]:
    """Serve until the block is left; with a ``certificate`` (PEM, key included) over TLS."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        server = Hostile(listener.getsockname()[1], acts)
        context = None
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(target=_serve, args=(connection, server, context, over), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield server
        finally:
            over.set()


def _serve(connection: socket.socket, server: Hostile, context: ssl.SSLContext | None, over: threading.Event) -> None:
    with suppress(OSError), connection:
        if context is not None:
            connection = context.wrap_socket(connection, server_side=True)
        head = b""
        while b"\r\n\r\n" not in head and (more := connection.recv(65536)):
            head += more
        target = head.split(b" ", 2)[1].decode("latin-1") if head.count(b" ") > 1 else ""
        server.asked.append(target)
        path = target if target.startswith("/") else target.split("://", 1)[-1]
        act = server.acts.get(path) or answer("", status="404 Not Found")
        try:
            act(connection.sendall, over)
        except ConnectionResetError:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")  # close() sends a reset
            connection.close()
            return
        with suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(5)
            connection.recv(1)  # the other side has read all, and closed


def self_signed(path: Path) -> Path:
    """Write a certificate that nobody signed, with its key, for a name that is none of ours."""
    import datetime as dt

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "paper.example")])
    made = dt.datetime(2024, 1, 1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(made)
        .not_valid_after(made + dt.timedelta(days=40_000))
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path
