"""Every page in Italian: no English sentence is left, and no English word but in names and in files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import streamlit as st
from google.protobuf.message import Message as Proto
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element
from streamlit.util import calc_hash

from planner._messages import catalogue
from planner.study import workspace
from planner.ui.navigation import PAGES

MAIN = Path(__file__).parents[2] / "planner" / "ui" / "main.py"
WORDS = catalogue("en")
# What people type into files, or what stands in them, is English in every language.
NAMES = {
    "weekdays 9 to 18",
    "around the clock, every day",
    "two early hours",
    "two late hours as well",
    "weekdays around the clock",
    "email en",
    "saturdays too",
    "weekdays",
    "saturdays.yaml",
    "= day",
    "day 09:00",
    "planner.hours",
    "scenario.yaml",
}
# Titles of columns in files that are previewed or edited.
COLUMNS = {"day", "shift", "from", "nights"}
STOP = frozenset(
    re.findall(
        r"[a-z-]+",
        "the and with people week weeks hour hours day days of is are was were for from this that not to by "
        "when where which what who how many much every each any no-one nobody everybody must cannot than "
        "then only more most less least before after between within without open closed missing queue "
        "answered answers promise promises arrives contacts month months forecast shift rota "
        "stage stages choose add remove save show download night nights weekend mon wed thu fri sat sun "
        "monday tuesday wednesday thursday friday saturday sunday",
    )
)
# Fields of elements that nobody reads, and parts of a chart that are read.
NOT_SHOWN = {
    *("id", "key", "url", "icon", "form_id", "type", "class_name", "widget_id", "element_id", "page", "uuid"),
    *("page_script_hash", "anchor", "language", "allowed_types", "default_value", "height_config", "data"),
    *(
        "js_content",
        "css_content",
        "mime_type",
        "color",
        "template",
        "theme",
        "format",
        "step_format",
        "file_urls_json",
        "query_string",
    ),
}
PLOTTED = {"text", "name", "x", "y", "title", "ticktext", "hovertemplate", "texttemplate", "labels"}


def shown(app: AppTest) -> Iterator[str]:
    """All text of a page."""
    blocks = [app.main, app.sidebar]
    while blocks:
        block = blocks.pop()
        if block.proto is not None:
            yield from of_proto(block.proto)
        for child in block.children.values():
            if isinstance(child, Block):
                blocks.append(child)
            elif isinstance(child, Element):
                yield from of_proto(child.proto)


def of_proto(proto: Any) -> Iterator[str]:
    if not isinstance(proto, Proto):
        return
    if proto.DESCRIPTOR.name == "PlotlyChart":
        yield from of_chart(json.loads(proto.spec))
        return
    if proto.DESCRIPTOR.name in ("TextInput", "TextArea", "Code"):
        yield from (getattr(proto, name, "") for name in ("label", "help", "placeholder"))
        return  # what is typed and what is copied is as files have it
    for field, value in proto.ListFields():
        if field.name in NOT_SHOWN and not isinstance(value, Proto):
            if field.name == "data" and isinstance(value, bytes):
                yield from of_table(value, titled=getattr(proto, "columns", "") in ("", "{}"))
        elif field.name == "display_values":
            yield from of_table(value)
        elif isinstance(value, str) and value.startswith(("{", "[")):
            yield from of_json(json.loads(value))
        elif isinstance(value, str):
            yield value
        elif isinstance(value, Proto):
            yield from of_proto(value)
        elif isinstance(value, (list, tuple)) or hasattr(value, "__iter__"):
            for each in value if not isinstance(value, (bytes, dict)) else ():
                if isinstance(each, str):
                    yield each
                else:
                    yield from of_proto(each)


def of_json(value: Any) -> Iterator[str]:
    """Titles and hints of the columns of a table that is edited."""
    if isinstance(value, dict):
        yield from (value[name] for name in ("label", "help") if isinstance(value.get(name), str))
        for each in value.values():
            yield from of_json(each)
    elif isinstance(value, list):
        for each in value:
            yield from of_json(each)


def of_table(raw: bytes, titled: bool = True) -> Iterator[str]:
    """Cells of a table, and its titles unless others are shown in their place."""
    frame = convert_arrow_bytes_to_pandas_df(raw)
    yield from (str(name) for name in frame.columns if titled)
    for name in frame.columns:
        yield from (cell for cell in frame[name] if isinstance(cell, str))


def of_chart(spec: Any, told: bool = False) -> Iterator[str]:
    if isinstance(spec, str):
        if told:
            yield spec
    elif isinstance(spec, dict):
        for name, value in spec.items():
            if name not in NOT_SHOWN:
                yield from of_chart(value, told or name in PLOTTED)
    elif isinstance(spec, list):
        for value in spec:
            yield from of_chart(value, told)


def plain(text: str) -> str:
    """A text as it is read: no marks, no code, no names of files, keys and icons."""
    text = re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]+>", " ", text, flags=re.DOTALL)
    text = re.sub(
        r"\d+% within \d+ \w+(?: hours)?|`[^`]*`|:[a-z]+/[a-z_]+:|%\{[^}]*\}|https?://\S+",
        " ",
        unescape(text),
    )
    text = re.sub(r"[\w-]+\.(csv|json|yaml|xlsx|zip|md|html)\b|\w+_\w+|[a-z]+-[a-z]+:", " ", text)
    return re.sub(r"\s+", " ", text).strip()


def english_words(text: str) -> set[str]:
    low = plain(text).lower()
    for name in sorted(NAMES, key=len, reverse=True):
        low = low.replace(name, " ")
    return STOP & set(re.findall(r"[a-zà-ù]+(?:-[a-z]+)?", low))


@cache
def sentences() -> tuple[tuple[tuple[str, ...], str, re.Pattern[str]], ...]:
    """English sentences of several words that Italian says in other words, with anything in their blanks."""
    italian, made = catalogue("it"), []
    for code, sentence in WORDS.items():
        parts = [literal for literal, *_ in Formatter().parse(sentence)]
        if italian[code] != sentence and sum(len(re.findall(r"\w+", part)) for part in parts) >= 3:
            pattern = ".+?".join(re.escape(part) for part in parts)
            pattern += ".+" if sentence.endswith("}") else ""
            made.append((tuple(parts), code, re.compile(pattern, re.DOTALL)))
    return tuple(made)


def english_in(texts: set[str], quoted: bool = False) -> dict[str, str]:
    """Texts that are English, and why they are taken for it.

    Parameters
    ----------
    quoted: texts of others are among them, as their authors wrote them.
    """
    found = {}
    for text in sorted(texts - COLUMNS):
        words = set() if quoted else english_words(text)
        if words:
            found[text] = ", ".join(sorted(words))
            continue
        for parts, code, pattern in sentences():
            # Looking for the parts first is the same and much sooner said of a long text.
            if text.startswith(parts[0]) and all(part in text for part in parts) and pattern.fullmatch(text):
                found[text] = code
                break
    return found


def opened(page: str, ids: dict[str, str]) -> AppTest:
    """A page as a browser sees it that asks for Italian."""
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    app._page_hash = calc_hash("" if page == "start" else page)
    for key, value in ids.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("page", PAGES)
def test_page_is_italian(page: str, solved: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(st.context), "locale", "it-IT")
    texts = set(shown(opened(page, solved.ids())))
    assert len(texts) > 3
    assert english_in(texts, quoted=page == "about") == {}


def test_english_is_told_from_names_and_from_italian() -> None:
    told = {"Weekdays", "ogni giorno", "The rota is stale", "1 people", "9 persone", "Scrivi `mon-fri`"}
    assert sorted(english_in(told)) == ["1 people", "The rota is stale"]


def test_sentences_are_not_left_in_english() -> None:
    """A sentence of several words is other words in Italian, unless it is made of names and signs."""
    italian = catalogue("it")
    left = [
        code
        for code, sentence in WORDS.items()
        if italian[code] == sentence and english_words(re.sub(r"\{[^}]*\}", " ", sentence))
    ]
    # Sentences to publish are made in both languages, whoever looks.
    assert [code for code in left if not code.startswith("publish.en_")] == []


def test_words_of_values_are_told_once() -> None:
    words = [sentence for code, sentence in WORDS.items() if code.startswith("written.")]
    assert sorted(words) == sorted(set(words))


def test_figures_are_written_as_the_language_writes_them(desk, show):
    """A thousand with a comma would be one to an Italian."""
    text = "name: Desk\nvolume: {email it: 900 a weekday}\nqueues: [{name: email it}]\npeople: {count: 3}\n"
    work = workspace.open_text(desk.root, text)
    app = show("demand", work=work)
    app.session_state["language"] = "it"
    app.run()
    told = [metric.value for metric in app.metric]
    assert any(re.search(r"\d\.\d{3}", value) for value in told), told
    assert not any(re.search(r"\d,\d{3}", value) for value in told), told
