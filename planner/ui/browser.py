"""Names of those who look at the app: of a browser or of a person who is signed in; never an address."""

from __future__ import annotations

import binascii
import hashlib
import re
import secrets
from http.cookies import CookieError, SimpleCookie
from itertools import cycle
from typing import Any

OWN_COOKIE = "planner_browser"
COOKIE = "_streamlit_xsrf"
_DAYS = 400
_TOKEN = re.compile(r"[0-9a-f]{32}")


class NamedBrowsers:
    """Gives each browser a random name that outlives its windows: the framework's own cookie does not.

    Parameters
    ----------
    app: the ASGI app inside. Pages are answered as they are, with one more header.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer; where the answer is a page, the name goes with it for 400 more days."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cookie = _cookie(scope)

        async def named(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                if any(key.lower() == b"content-type" and b"text/html" in value for key, value in headers):
                    message = {**message, "headers": [*headers, (b"set-cookie", cookie)]}
            await send(message)

        await self.app(scope, receive, named)


def _cookie(scope: Any) -> bytes:
    sent = b"; ".join(value for key, value in scope["headers"] if key == b"cookie").decode("latin-1")
    try:
        known = SimpleCookie(sent).get(OWN_COOKIE)
    except CookieError:
        known = None
    token = known.value if known and _TOKEN.fullmatch(known.value) else secrets.token_hex(16)
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    said = f"{OWN_COOKIE}={token}; Max-Age={_DAYS * 86_400}; Path=/; HttpOnly; SameSite=Lax{secure}"
    return said.encode("latin-1")


def name_of_token(token: str) -> str | None:
    """Name of a browser by the token that ``NamedBrowsers`` gave it; the token itself is not kept.

    Examples
    --------
    >>> len(name_of_token("0f" * 16)), name_of_token("../../etc")
    (16, None)
    """
    if not _TOKEN.fullmatch(token):
        return None
    return hashlib.sha256(b"browser" + token.encode()).hexdigest()[:16]


def name_of_person(issuer: str, subject: str) -> str | None:
    """Name of somebody who is signed in: the same in every browser, and nothing can be read from it.

    Parameters
    ----------
    issuer, subject: ``iss`` and ``sub`` of the identity; None where there is no subject.

    Examples
    --------
    >>> one, other = name_of_person("https://id.example", "7"), name_of_person("https://id.example", "8")
    >>> len(one), one == other, name_of_person("https://id.example", "")
    (16, False, None)
    """
    if not subject:
        return None
    said = f"{len(issuer)} {issuer} {subject}"
    return hashlib.sha256(b"person" + said.encode()).hexdigest()[:16]


def name_of_browser(cookie: str) -> str | None:
    """Name made of the random token that the framework gives each browser against forged requests.

    The token itself stays out of the store: what is kept cannot be turned back into it.

    Parameters
    ----------
    cookie: as it was sent: version, mask, masked token and time; the mask changes, the token does not.

    Examples
    --------
    >>> one = name_of_browser("2|00000000|616263646566|1700000000")
    >>> one == name_of_browser("2|01010101|606362656467|1700000999"), name_of_browser("")
    (True, None)
    """
    try:
        version, mask, masked, _ = cookie.strip("\"'").split("|")
        key, hidden = binascii.unhexlify(mask), binascii.unhexlify(masked)
    except ValueError:
        return None
    if version != "2" or not key or not hidden:
        return None
    token = bytes(one ^ other for one, other in zip(hidden, cycle(key), strict=False))
    return hashlib.sha256(b"owner of jobs" + token).hexdigest()[:16]
