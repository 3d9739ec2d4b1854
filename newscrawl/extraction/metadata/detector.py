"""The detector of languages, its model mapped from a file: unpacking it takes half a second, and 68 MB a process."""

from __future__ import annotations

import marshal
from collections.abc import Callable
from math import prod
from pathlib import Path
from typing import Any, Final

from newscrawl.text.package_data import FOLDER, Bytes, mapped

Classify = Callable[[str], tuple[str, float]]
"""A text's language and its probability; the language is empty where there is nothing to tell it by."""
_ALIGNED: Final = 8


def load() -> Classify:
    """Return the detector of the library, as fast as its model can be had."""
    from py3langid import langid

    try:
        identifier = _identifier(langid)
    except (AttributeError, EOFError, ImportError, OSError, TypeError, ValueError):  # another release of the library
        identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    classify: Classify = identifier.classify
    return classify


def _identifier(langid: Any) -> Any:
    import numpy as np
    from py3langid import modelio

    file = langid.MODEL_DIR / langid.MODEL_FILE
    code = FOLDER.parent / "extraction" / "metadata" / "detector.py"  # not __file__, which is the compiled form's
    sources = [file, Path(modelio.__file__), Path(langid.__file__), code]
    (chances, priors, moves, rows, features), classes = unpack(
        mapped("language-model", sources, lambda: pack(*modelio.load_model(file)))
    )
    return langid.LanguageIdentifier(
        chances, np.array(priors), classes, _numbers(moves), features.tolist(), norm_probs=True, tk_row=_numbers(rows)
    )


def pack(chances: Any, priors: Any, classes: list[str], moves: Any, rows: Any, features: list[int]) -> list[Bytes]:
    """Return the library's model as bytes: a description and its arrays, one after the other."""
    import numpy as np

    given = chances, priors, moves, rows, np.array(features, np.int32)
    arrays: list[Any] = [np.ascontiguousarray(array) for array in given]
    about = marshal.dumps((list(classes), [(array.dtype.str, array.shape) for array in arrays]))
    parts: list[Bytes] = [len(about).to_bytes(_ALIGNED, "little")]
    contents: list[Bytes] = [about, *(memoryview(array.view(np.uint8).ravel()) for array in arrays)]
    for part in contents:
        parts += [part, bytes(-len(part) % _ALIGNED)]
    return parts


def unpack(data: memoryview) -> tuple[list[Any], list[str]]:
    """Return the arrays and the classes that `pack` made bytes of; the arrays are no copies."""
    import numpy as np

    at = _ALIGNED + int.from_bytes(data[:_ALIGNED], "little")
    classes, kinds = marshal.loads(data[_ALIGNED:at])
    arrays = []
    for kind, shape in kinds:
        at += -at % _ALIGNED
        arrays.append(np.frombuffer(data, kind, prod(shape), at).reshape(shape))
        at += arrays[-1].nbytes
    return arrays, classes


def _numbers(array: Any) -> Any:
    """Return an array as a view whose items are Python's own numbers, which is quicker item by item."""
    return memoryview(array)
