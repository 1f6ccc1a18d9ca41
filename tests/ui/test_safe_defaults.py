"""What the app is shipped with: this machine only, limits, nothing sent anywhere."""

from __future__ import annotations

import asyncio
import re
import tomllib
from pathlib import Path

import pytest

from planner.ui.browser import NamedBrowsers, name_of_token

ROOT = Path(__file__).parents[2]
SAFE = {
    "server": {
        "address": "127.0.0.1",
        "allowedHosts": ["127.0.0.1", "localhost"],
        "maxUploadSize": 50,
        "enableXsrfProtection": True,
        "enableAgentApi": False,
        "fileWatcherType": "none",
    },
    "browser": {"gatherUsageStats": False},
    "client": {
        "showErrorDetails": "none",
        "showErrorLinks": False,
        "toolbarMode": "viewer",
        "disableDataExport": True,
    },
}


@pytest.mark.parametrize("section", sorted(SAFE))
def test_the_shipped_settings_are_safe(section):
    said = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))[section]
    assert {key: said.get(key) for key in SAFE[section]} == SAFE[section]


def test_no_secret_is_kept_with_the_code():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert ".streamlit/secrets.toml" in ignored


def answer(kind, sent="", scheme="http"):
    """Headers of an answer of some kind, as a browser with a cookie gets it."""
    got = []

    async def inside(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})

    async def send(message):
        got.extend(message["headers"])

    scope = {"type": "http", "scheme": scheme, "headers": [(b"cookie", sent.encode())] if sent else []}
    asyncio.run(NamedBrowsers(inside)(scope, None, send))
    return [value.decode() for key, value in got if key == b"set-cookie"]


def test_a_browser_gets_a_name_with_its_page_and_keeps_it():
    (first,) = answer(b"text/html; charset=utf-8")
    token = re.match(
        r"planner_browser=([0-9a-f]{32}); Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax$", first
    )[1]
    (again,) = answer(b"text/html", f"other=1; planner_browser={token}")
    assert again == first
    assert answer(b"application/json") == []
    assert answer(b"text/html", scheme="https")[0].endswith("; Secure")
    assert token not in name_of_token(token)


@pytest.mark.parametrize(
    "sent", ["planner_browser=../../etc", "planner_browser=", '=;;"', "planner_browser=" + "g" * 32]
)
def test_a_name_that_is_none_is_replaced(sent):
    (given,) = answer(b"text/html", sent)
    assert re.match("planner_browser=[0-9a-f]{32};", given)
