"""The compose file names what is there: commands, settings, files, versions."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise

import pytest

from newscrawl import settings
from newscrawl.commands.cluster import _ACTIONS
from tests.support import ROOT

TEXT = re.sub(r">-\n\s+", "", (ROOT / "docs/cluster/compose.yaml").read_text())
SERVICES = dict(re.findall(r"^  ([\w-]+):\n((?:    .*\n|\n)+)", TEXT.partition("\nservices:\n")[2], re.MULTILINE))
COMMANDS = {
    name: shlex.split(found[1]) for name, text in SERVICES.items() if (found := re.search(r"command: (.+)", text))
}


def test_all_services_are_found() -> None:
    assert set(SERVICES) == {"rabbitmq", "postgresql", "beat", "worker-1", "worker-2"}
    assert set(COMMANDS) == {"beat", "worker-1", "worker-2"}


@pytest.mark.parametrize("service", sorted(COMMANDS))
def test_commands_and_their_settings_exist(service: str) -> None:
    scrapy, command, action, *options = COMMANDS[service]
    assert (scrapy, command) == ("scrapy", "cluster")
    assert action in _ACTIONS
    given = [after.partition("=")[0] for option, after in pairwise(options) if option == "-s"]
    assert all(hasattr(settings, name) for name in given)
    if action == "worker":
        assert options[options.index("--name") + 1] == service, "a worker finds again what it left by its name"
        assert f"hostname: {service}\n" in SERVICES[service], "and by its machine's"
        assert f"segments-{service[-1]}:/segments" in SERVICES[service]


def test_settings_in_the_environment_exist() -> None:
    names = re.findall(r"^    (NEWSCRAWL_\w+):", TEXT, re.MULTILINE)
    assert {"NEWSCRAWL_STORE_URL", "NEWSCRAWL_BROKER_URL"} <= set(names)
    assert all(hasattr(settings, name) for name in names)


@pytest.mark.parametrize("service", ["rabbitmq", "postgresql"])
def test_servers_have_a_version_a_volume_and_a_health_check(service: str) -> None:
    assert re.search(r"image: \w+:\d[\d.]*\n", SERVICES[service])
    assert "healthcheck: {test: " in SERVICES[service]
    assert f'volumes: ["{service}:/var/lib/' in SERVICES[service]
    assert f"  {service}:\n" in TEXT.partition("\nvolumes:\n")[2]
    assert f"{service}: {{condition: service_healthy}}" in TEXT, "workers wait for it"


def test_what_is_copied_into_the_image_exists() -> None:
    copied = [name for line in re.findall(r"COPY (.+) \S+\n", TEXT) for name in line.split()]
    assert "requirements-cluster.txt" in copied
    assert all((ROOT / name).exists() for name in copied)
