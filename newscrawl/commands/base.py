"""What the commands have in common: their description, and one line where an option or a setting is wrong."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.exceptions import UsageError

from newscrawl.commands.setting_names import check_settings
from newscrawl.exceptions import SettingError
from newscrawl.exitcodes import ExitCode
from newscrawl.run.checks import leave

if TYPE_CHECKING:
    from scrapy.commands import ScrapyCommand
    from scrapy.crawler import CrawlerProcess
    from scrapy.settings import Settings

    from newscrawl.sites.site_files import SiteFiles
else:
    ScrapyCommand = object  # Scrapy registers each subclass in this package as a command


class CheckedCommand(ScrapyCommand):
    """Base of the commands, before Scrapy's own class.

    ``SYNTAX`` follows the command's name, ``SUMMARY`` is for the list of commands. ``PRESET``: settings that those of
    the command line override.
    """

    SYNTAX: ClassVar[str] = ""
    SUMMARY: ClassVar[str] = ""
    PRESET: ClassVar[dict[str, Any]] = {}
    requires_project = True
    settings: Settings
    crawler_process: CrawlerProcess

    def syntax(self) -> str:
        """Return the syntax after the command's name."""
        return self.SYNTAX or super().syntax()

    def short_desc(self) -> str:
        """Return the description for the list of commands."""
        return self.SUMMARY or super().short_desc()

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read and check the options; end the program with one line where one is invalid."""
        self.settings.setdict(self.PRESET, priority="project")
        try:
            super().process_options(args, opts)
        except UsageError as error:
            leave(str(error), ExitCode.USAGE)
        check_settings(self.settings)

    def site_files(self) -> SiteFiles:
        """Return the site files of the settings; end the program with one line where they cannot be read."""
        from newscrawl.sites.site_files import SiteFiles  # slow to import

        try:
            return SiteFiles.of_settings(self.settings)
        except SettingError as error:
            leave(str(error), ExitCode.USAGE)
