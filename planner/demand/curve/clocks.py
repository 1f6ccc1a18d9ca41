"""Which clock a queue's customers live by."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from planner.demand.queue import LIVE_CHANNELS, Queue

if TYPE_CHECKING:
    from collections.abc import Mapping

# Languages of which nearly all customers live in one country, with one clock.
HOME_ZONES: Mapping[str, str] = MappingProxyType({
    "bg": "Europe/Sofia", "cs": "Europe/Prague", "da": "Europe/Copenhagen", "de": "Europe/Berlin",
    "el": "Europe/Athens", "et": "Europe/Tallinn", "fi": "Europe/Helsinki", "he": "Asia/Jerusalem",
    "hr": "Europe/Zagreb", "hu": "Europe/Budapest", "it": "Europe/Rome", "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul", "lt": "Europe/Vilnius", "lv": "Europe/Riga", "nb": "Europe/Oslo",
    "nl": "Europe/Amsterdam", "no": "Europe/Oslo", "pl": "Europe/Warsaw", "ro": "Europe/Bucharest",
    "sk": "Europe/Bratislava", "sl": "Europe/Ljubljana", "sv": "Europe/Stockholm", "th": "Asia/Bangkok",
    "tr": "Europe/Istanbul", "uk": "Europe/Kyiv", "vi": "Asia/Ho_Chi_Minh",
})  # fmt: skip


def clock_of(queue: Queue, told: Mapping[str, str], zone: str) -> str:
    """Zone of the local days and hours of a queue.

    What is told wins. Live channels follow the opening hours, and so the scenario's clock. What is written
    follows its writers: home, for a language of one country; else the scenario's clock.

    Parameters
    ----------
    queue: whose clock.
    told: zones by queue name.
    zone: of the scenario.

    Examples
    --------
    >>> from planner.demand.queue import Promise
    >>> mail = Queue("email it", "email", "it", 600, Promise(0.9, 7200))
    >>> clock_of(mail, {}, "UTC"), clock_of(mail, {"email it": "Europe/Zurich"}, "UTC")
    ('Europe/Rome', 'Europe/Zurich')
    """
    if queue.name in told:
        return told[queue.name]
    if queue.channel in LIVE_CHANNELS:
        return zone
    return HOME_ZONES.get(queue.language.split("-")[0].lower(), zone)
