"""Segments in S3-compatible storage: listed, and fetched one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from scrapy.settings import BaseSettings

from newscrawl.exceptions import RemoteError
from newscrawl.text.normalise import collapse

_OPTIONS = {
    "aws_access_key_id": "AWS_ACCESS_KEY_ID",
    "aws_secret_access_key": "AWS_SECRET_ACCESS_KEY",
    "aws_session_token": "AWS_SESSION_TOKEN",
    "endpoint_url": "AWS_ENDPOINT_URL",
    "region_name": "AWS_REGION_NAME",
}
"""Settings that Scrapy's own storage uses, too, so that one set of settings writes and reads."""
_SEGMENT = re.compile(r"\.jsonl(?:\.\w+)?$")


@dataclass(frozen=True, slots=True)
class Remote:
    """A segment in a bucket; its ``str()`` is its URL."""

    bucket: Bucket
    key: str

    def __str__(self) -> str:
        return f"s3://{self.bucket.name}/{self.key}"

    @property
    def name(self) -> str:
        """Return the last part of its key."""
        return PurePosixPath(self.key).name

    def fetch(self, folder: Path) -> Path:
        """Copy it into ``folder``, under its own name; raises `RemoteError` and `OSError`."""
        file = folder / self.name
        self.bucket.fetch(self.key, file)
        return file


class Bucket:
    """A bucket, or a prefix of it, by the settings of Scrapy's S3 storage; raises `RemoteError`."""

    def __init__(self, address: str, settings: BaseSettings) -> None:
        parts = urlsplit(address)
        if parts.scheme != "s3" or not parts.hostname:
            raise RemoteError(f"{parts.scheme}://{parts.hostname or ''} cannot be read: give a folder, or s3://…")
        try:
            import boto3
        except ImportError:
            raise RemoteError(f"s3://{parts.hostname} is read with boto3: pip install boto3") from None
        given = {option: settings.get(name) or None for option, name in _OPTIONS.items()}
        if parts.username:
            given |= {"aws_access_key_id": unquote(parts.username)}
            given |= {"aws_secret_access_key": unquote(parts.password or "")}
        self.name = parts.hostname
        self.prefix = parts.path.strip("/")
        try:
            self._client: Any = boto3.session.Session().client("s3", **given)
        except Exception as error:  # botocore raises many exceptions without a common base
            raise RemoteError(f"s3://{self.name} cannot be used: {_line(error)}") from error

    def segments(self) -> Iterator[Remote]:
        """Yield the segments in the bucket."""
        prefix = f"{self.prefix}/" if self.prefix and not _SEGMENT.search(self.prefix) else self.prefix
        try:
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix):
                for found in page.get("Contents", ()):
                    if _SEGMENT.search(found["Key"]):
                        yield Remote(self, found["Key"])
        except Exception as error:
            raise RemoteError(f"s3://{self.name}/{prefix} cannot be listed: {_line(error)}") from error

    def fetch(self, key: str, file: Path) -> None:
        """Copy an object into ``file``; raises `RemoteError`, and `OSError` where the file cannot be written."""
        with file.open("wb") as out:
            try:
                self._client.download_fileobj(self.name, key, out)
            except OSError:
                raise
            except Exception as error:
                raise RemoteError(f"s3://{self.name}/{key} cannot be read: {_line(error)}") from error


def _line(error: Exception) -> str:
    return collapse(str(error))[:500]
