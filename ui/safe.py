"""What documents and users write, made safe to show.

Streamlit reads Markdown, LaTeX between dollars, HTML and `:names:` in most of
what it is given. Text that is not ours is shown as HTML through `html`; where
Streamlit takes only Markdown (labels), through `label`.
"""

from __future__ import annotations

import re
from html import escape

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&=^\"':@/])")
_REPLACED_LATER = re.compile(r"(?<=[:<>\-@])(?=\S)|(?<=\S)(?=->)|(?<=\bwww)(?=\.)", re.I)
_INVISIBLE = "\u2060"  # word joiner


def html(text: str) -> str:
    """Return `text` as HTML that shows it letter by letter."""
    return escape(text, quote=True)


def label(text: str) -> str:
    """Return `text` on one line, as Markdown that shows it letter by letter.

    Names between colons, arrows and addresses are looked for after Markdown is
    read, where a backslash helps no more: an invisible letter breaks them.
    """
    line = _REPLACED_LATER.sub(_INVISIBLE, " ".join(text.split()))
    return _MARKUP.sub(r"\\\1", line)
