"""The optional build of compiled modules: ``NEWSCRAWL_COMPILE=1``, with what pyproject.toml lists ([tool.newscrawl]).

Without the variable the package is plain Python; both forms have the same source and the same output.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tomllib
from pathlib import Path
from typing import Any

from setuptools import setup

ROOT = Path(__file__).resolve().parent


def modules() -> list[str]:
    """Return the files to compile, relative to the root."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["newscrawl"]["compiled"]
    found = {path for room in table["rooms"] for path in (ROOT / "newscrawl" / room).rglob("*.py")}
    left_out = {ROOT / "newscrawl" / name for name in table["plain"]}
    return sorted(str(path.relative_to(ROOT)) for path in found - left_out if path.name != "__init__.py")


def compiled() -> dict[str, Any]:
    """Return the arguments of ``setup`` that compile the modules; exits with a line where the machine cannot."""
    wanted = {"setup_requires": ["mypy[mypyc]>=2.4,<3"]}
    try:
        from mypyc.build import mypycify
    except ImportError:
        return wanted  # pip asks first what the build needs, and calls again with it
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if not shutil.which(compiler):
        sys.exit(f"no C compiler ({compiler}): on Debian and Ubuntu, apt-get install gcc")
    if not Path(sysconfig.get_path("include"), "Python.h").is_file():
        sys.exit("no headers of Python: on Debian and Ubuntu, apt-get install python3-dev")
    os.chdir(ROOT)
    options = "--config-file= --python-version 3.11 --ignore-missing-imports --follow-imports silent".split()
    level = os.environ.get("NEWSCRAWL_COMPILE_LEVEL", "1")  # more takes gcc much longer, and gains little
    extensions = mypycify([*options, *modules()], opt_level=level, multi_file=True, group_name="newscrawl")
    for path in {Path(source) for extension in extensions for source in extension.sources}:
        if path.name.startswith("__native"):
            _lower_as_python_does(path)
    return {"ext_modules": extensions}


def _lower_as_python_does(path: Path) -> None:
    """Have a generated C file call ``str.lower`` itself: before Python 3.13 mypyc's own knows no final sigma."""
    text = path.read_text(encoding="utf-8")
    if "CPyStr_Lower(" in text:
        exact = '(PyUnicode_IS_ASCII(s) ? CPyStr_Lower(s) : PyObject_CallMethod((s), "lower", NULL))'
        text = f"#define Exact_Lower(s) {exact}\n{text.replace('CPyStr_Lower(', 'Exact_Lower(')}"
        path.write_text(text, encoding="utf-8")


def clean(manifest: Path) -> None:
    """Delete what an earlier build left in the checkout."""
    manifest.unlink(missing_ok=True)
    for path in [*ROOT.glob("newscrawl__mypyc.*"), *(ROOT / "newscrawl").rglob("*.so")]:
        path.unlink()
    shutil.rmtree(ROOT / "build", ignore_errors=True)


def main() -> None:
    """Build the package, in a checkout (``--inplace``) with a manifest of the sources the compiled modules are of."""
    if os.environ.get("NEWSCRAWL_COMPILE", "0") in ("", "0"):
        setup()
    elif "--inplace" not in sys.argv:
        setup(**compiled())
    else:
        os.environ["NEWSCRAWL_PLAIN"] = "1"
        sys.path.insert(0, str(ROOT))
        from newscrawl.compiled import MANIFEST, out_of_date, read_sources

        if "build_ext" in sys.argv and MANIFEST.exists() and not out_of_date(MANIFEST):
            return
        clean(MANIFEST)
        if "build_ext" in sys.argv:
            sources = read_sources([ROOT / name for name in modules()])
            setup(**compiled())
            MANIFEST.write_text(sources, encoding="utf-8")


main()
