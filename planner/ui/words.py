"""Words of the pages, from the same catalogue as every other sentence."""

from __future__ import annotations

import re

from planner._messages import Message, render

_SIGNS = re.compile(r"([\\`*\[\]<>$~|])|(?<!\w)_|_(?!\w)")
_START = re.compile(r"^(\s*)([-+#])", re.MULTILINE)


def t(code: str, **values: object) -> str:
    """A sentence of the pages by its short code: ``t("start.title")`` is ``ui.start.title``."""
    return render(Message(f"ui.{code}", values))


def plain(text: str) -> str:
    r"""Text of a user's file where Markdown would be read: every sign of it is shown as it is.

    Examples
    --------
    >>> print(plain("<b>Opened</b> $x$ first_reply"))
    \<b\>Opened\</b\> \$x\$ first_reply
    >>> print(plain("- one"))
    \- one
    """
    marked = _SIGNS.sub(lambda found: "\\" + found[0], text)
    return _START.sub(lambda found: f"{found[1]}\\{found[2]}", marked)
