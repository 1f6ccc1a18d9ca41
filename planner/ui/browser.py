"""A random name of a browser, which stays when a page is loaded again; never an address."""

from __future__ import annotations

import binascii
import hashlib
from itertools import cycle

COOKIE = "_streamlit_xsrf"


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
