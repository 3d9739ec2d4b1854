"""``scrapy segments``: check the output of a cluster's workers and merge it into one file."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand

from newscrawl.cluster.remote import Bucket, Remote
from newscrawl.commands.base import CheckedCommand
from newscrawl.exceptions import RemoteError
from newscrawl.exitcodes import ExitCode
from newscrawl.output.closing import carry_out, part_of, renamings
from newscrawl.run.checks import leave

if TYPE_CHECKING:
    from newscrawl.cluster.merging import Merged


_ACTIONS = ("check", "merge")
_SHOWN = 20


class Command(CheckedCommand, ScrapyCommand):
    """Checks segments, or merges them so that each version of an article occurs once."""

    SYNTAX = "<check [FOLDER-or-s3://… …] | merge [FOLDER-or-s3://… …] -O FILE>"
    SUMMARY = "Check the output of a cluster's workers, and merge it: one line per version of an article"
    requires_crawler_process = False

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of the actions."""
        super().add_options(parser)
        parser.add_argument("-O", dest="file", metavar="FILE", type=Path, help="merge: the file that is made")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the action; exit code 3 where a segment is torn, open or contradicts another."""
        if not args or args[0] not in _ACTIONS:
            leave(f"which of {', '.join(_ACTIONS)}? {self.syntax()}", ExitCode.USAGE)
        names = args[1:] or [str(self.settings.get("NEWSCRAWL_SEGMENTS"))]
        local = [Path(name) for name in names if "://" not in name]
        for path in local:
            if not path.exists():
                leave(f"there is no folder {path}", ExitCode.USAGE)
        try:
            from newscrawl.cluster.merging import order, segments_in

            buckets = [Bucket(name, self.settings) for name in names if "://" in name]
            remote = [segment for bucket in buckets for segment in bucket.segments()]
            segments: list[Path | Remote] = sorted([*segments_in(local), *remote], key=order)
            with TemporaryDirectory(prefix="newscrawl-segments-") as folder:
                found = self._do(args[0], segments, opts.file, Path(folder))
                self._tell(found, f"{folder}/")
        except RemoteError as error:
            leave(str(error), ExitCode.NAMED_FAILED)
        except OSError as error:
            leave(f"{error.filename or opts.file} cannot be written: {error.strerror or error}", ExitCode.OUTPUT)

    def _do(self, action: str, segments: list[Path | Remote], file: Path | None, folder: Path) -> Merged:
        from newscrawl.cluster.merging import at_hand, merge

        if action == "check":
            return merge(at_hand(segments, folder))
        if file is None:
            leave("merge into which file? -O all.jsonl", ExitCode.USAGE)
        if file.resolve() in {segment.resolve() for segment in segments if isinstance(segment, Path)}:
            leave(f"the output {file} is one of the segments: write it elsewhere", ExitCode.USAGE)
        aside = file.with_name(f"{file.name}.conflicts")
        with _made(file) as lines, _made(aside) as conflicts:
            found = merge(at_hand(segments, folder), lines, conflicts)
        if not aside.stat().st_size:
            aside.unlink()
        return found

    def _tell(self, found: Merged, folder: str) -> None:
        """Print the result; name remote segments by their file name in ``folder``."""
        for trouble in found.troubles[:_SHOWN]:
            sys.stderr.write(f"newscrawl: {str(trouble).replace(folder, '')}\n")
        if len(found.troubles) > _SHOWN:
            sys.stderr.write(f"newscrawl: and {len(found.troubles) - _SHOWN:,} more\n")
        line = f"{found.segments:,} segments, {found.lines:,} lines, {found.doubled:,} doubled by a second delivery"
        sys.stdout.write(f"{line}, {len(found.troubles):,} troubles\n")
        self.exitcode = int(ExitCode.NAMED_FAILED if found.troubles else ExitCode.OK)


@contextmanager
def _made(path: Path) -> Iterator[Callable[[bytes], object]]:
    """Yield a function that writes lines to ``path``, which exists after the block; an earlier file gets a number."""
    part = part_of(path.absolute())
    with part.open("wb") as out:
        yield out.write
        out.flush()
        os.fsync(out.fileno())
    carry_out(renamings(part, path.absolute(), keep_earlier=True))
