"""Words of the pages, from the same catalogue as every other sentence."""

from __future__ import annotations

import re

import streamlit as st

from planner._messages import LANGUAGES, Message, catalogue, render, speak

_SIGNS = re.compile(r"([\\`*\[\]<>$~|])|(?<!\w)_|_(?!\w)")
_START = re.compile(r"^(\s*)([-+#])", re.MULTILINE)
LANGUAGE = "language"
"""Key of the language of this visit in the session."""


def t(code: str, **values: object) -> str:
    """A sentence of the pages by its short code, in the language of this visit.

    ``t("team.title")`` is ``title`` of ``page_team.yaml``; ``ui.team.title`` where that file has none.
    """
    language = listen()
    long = f"page_{code}"
    return render(Message(long if long in catalogue("en") else f"ui.{code}", values), language)


def listen() -> str:
    """The language of this visit; charts and tables of this run speak it from here on.

    A run of a part of a page, and a click, begin in a thread of their own: whoever says something there
    says it through this module first.
    """
    language = str(st.session_state.get(LANGUAGE, LANGUAGES[0]))
    speak(language)
    return language


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
