"""Who looks at the app, in which language and on whose clock, and what they worked on last."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from planner._errors import InputError
from planner._messages import LANGUAGES
from planner.clock import zone_named
from planner.study.shelf import CLOCKS, Shelf, change_shelf, read_shelf
from planner.ui.browser import COOKIE, OWN_COOKIE, name_of_browser, name_of_person, name_of_token
from planner.ui.lifespan import store_folder
from planner.ui.words import LANGUAGE, listen

CLOCK, _OWNER, _REMEMBERED = "clock", "owner", "remembered"


def signs_in() -> bool:
    """Whether this app asks people to sign in: its secrets have an ``[auth]`` section."""
    return "is_logged_in" in st.user.to_dict()


def person() -> str | None:
    """Name of the person who is signed in, the same in every browser; None if nobody is."""
    said: dict[str, Any] = dict(st.user.to_dict())
    if not said.get("is_logged_in"):
        return None
    return name_of_person(str(said.get("iss") or ""), str(said.get("sub") or ""))


def called() -> str:
    """What a signed-in person is called on screen."""
    said: dict[str, Any] = dict(st.user.to_dict())
    return str(said.get("name") or said.get("email") or "")


def owner() -> str:
    """Name of the person, else of this browser, else of this visit where it takes no cookies."""
    signed_in = person()
    if signed_in:
        return signed_in
    if _OWNER not in st.session_state:
        cookies = dict(st.context.cookies)
        named = name_of_token(cookies.get(OWN_COOKIE, "")) or name_of_browser(cookies.get(COOKIE, ""))
        st.session_state[_OWNER] = named or secrets.token_hex(8)
    return str(st.session_state[_OWNER])


def shelf() -> Shelf:
    """What is kept of the owner."""
    return read_shelf(store_folder(), owner())


def shelve(change: Callable[[Shelf], Shelf]) -> None:
    """Keep what the owner's shelf becomes by a change."""
    change_shelf(store_folder(), owner(), change)


def settle_language() -> None:
    """At the top of every run: the language that was chosen, or the one that the browser asks for."""
    whose = owner()
    if st.session_state.get("settled") != whose:
        kept, asked = shelf(), str(st.context.locale or "")[:2].lower()
        offered = asked if asked in LANGUAGES else LANGUAGES[0]
        st.session_state[LANGUAGE] = kept.language or offered
        st.session_state[CLOCK] = kept.clock
        st.session_state["settled"] = whose
    listen()


def prefer(*, language: str | None = None, clock: str | None = None) -> None:
    """Keep a preference of this browser or person; it holds at once.

    Parameters
    ----------
    language: one of ``LANGUAGES``. clock: one of "team", "site" and "utc".
    """
    said: dict[str, str] = {}
    if language in LANGUAGES:
        st.session_state[LANGUAGE] = said["language"] = str(language)
    if clock in CLOCKS:
        st.session_state[CLOCK] = said["clock"] = str(clock)
    shelve(lambda kept: replace(kept, **said))  # type: ignore[arg-type]  # texts alone
    listen()


def clock() -> str:
    """Whose clock times are shown on: "team" (the scenario's), "site" (each site's own) or "utc"."""
    return str(st.session_state.get(CLOCK, CLOCKS[0]))


def remember(work: str, job: str) -> None:
    """Put what is open in front of the list of recent work, when it comes on screen."""
    if st.session_state.get(_REMEMBERED) != (owner(), work, job):
        st.session_state[_REMEMBERED] = (owner(), work, job)
        shelve(lambda kept: kept.seeing(work, job, time.time()))


def browser_zone() -> str:
    """The zone of the browser by its IANA name; UTC where it does not say."""
    try:
        return zone_named(str(st.context.timezone or "UTC")).key
    except InputError:
        return "UTC"


def moment(seconds: float, zone: str = "") -> str:
    """A moment as day and hour.

    Parameters
    ----------
    seconds: since 1970. zone: IANA name; "": that of the browser.
    """
    shown = datetime.fromtimestamp(seconds, UTC).astimezone(zone_named(zone or browser_zone()))
    return shown.strftime("%Y-%m-%d %H:%M")
