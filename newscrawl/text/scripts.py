"""Ranges of Unicode by script, for the classes of regular expressions: the only table of them."""

from __future__ import annotations

from typing import Final

THAI: Final = "\u0e00-\u0e7f"
LAO: Final = "\u0e80-\u0eff"
MYANMAR: Final = "\u1000-\u109f"
KHMER: Final = "\u1780-\u17ff"
KANA: Final = "\u3040-\u30ff"
HALF_WIDTH_KANA: Final = "\uff66-\uff9f"
HAN: Final = "\u3400-\u9fff"
RARE_HAN: Final = "\U00020000-\U0002ffff"
HANGUL: Final = "\uac00-\ud7af"
CJK: Final = KANA + HAN
"""Scripts without spaces between words, of Chinese and Japanese."""
EAST_ASIAN: Final = CJK + HANGUL
"""Scripts in which names are written without spaces."""
