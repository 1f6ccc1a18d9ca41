"""Topics of contacts: which are kept by name, and how often each comes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from planner.demand.intake.words import CHANNELS, LANGUAGES
from planner.demand.tickets import Tickets

if TYPE_CHECKING:
    import pandas as pd

MOST_TOPICS = 40
FEWEST_TICKETS = 20
LONGEST_TOPIC = 60
OTHER = "other"
# A desk's own topic "other": kept apart from ours, which stands for names that are not shown.
SAID_OTHER = "marked as other"
_SAID_OTHER = frozenset(("other", "others"))

# Tags that a help desk or its robots set: they say how a ticket was handled, not what it is about.
_SYSTEM = re.compile(
    r"(?:lang|language|locale|macro|trigger|auto|sla|csat|system|status|priority|channel|via|brand|form|"
    r"group|assignee|agent|user|owner|source|zendesk|freshdesk|intercom|hubspot|jira|aircall)[_:\-].*"
    r"|(?:web_widget|closed_by_merge|merged?|follow_?up|reopened|reopen|spam|test|vip|escalated|urgent|high"
    r"|normal|low|open|pending|solved|closed|new|on[-_]hold|answered|unanswered|automated|bot|inbound"
    r"|outbound|incoming|outgoing|incident|question|task|none|null|undefined|unknown|n/?a|-+)",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.IGNORECASE | re.ASCII)
# Two-letter words that are topics more often than languages.
_NO_LANGUAGE = frozenset(("ui", "ux", "hr", "pc", "tv", "qa", "ad", "ip", "os", "id"))
_ADDRESS = re.compile(r"@|https?:|www\.|\.(?:com|org|net|io|it|fr|de|es|pt|eu|co|uk)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d")
_NAME_WORD = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]+)?"
_TITLE = r"(?:(?:Mr|Mrs|Ms|Dr|Sig|Sig\.ra|M|Mme|Herr|Frau)\.?\s+)?"
_PARTICLE = r"(?:(?:d[aeio]|d[ao]s|del|della|der|den|el|la|le|van|von)\s+){0,2}"
_PERSON = re.compile(rf"{_TITLE}{_NAME_WORD}(?:\s+{_PARTICLE}{_NAME_WORD}){{1,3}}")
# Two capitalised words are a person, unless one of them is no name.
_PLAIN = re.compile(
    r"account|address|app|bank|billing|bug|cancel|card|change|check|claim|contract|credit|customer|damage|data"
    r"|delay|deliver|device|discount|download|email|error|exchange|export|failed|feature|feedback|gift|help"
    r"|import|install|integration|invoice|issue|item|lock|login|log|loyalty|missing|mobile|newsletter|notif"
    r"|onboard|order|other|package|parcel|partner|password|pay|phone|plan|price|pricing|privacy|problem"
    r"|product|profile|promo|question|receipt|refund|renewal|report|request|reset|return|sale|security"
    r"|service|setting|setup|shipping|sign|size|stock|subscription|support|sync|tax|technical|track|training"
    r"|transfer|update|upgrade|user|voucher|warranty|web|wrong"
    r"|abbonamento|accesso|conto|consegna|fattura|ordine|pagamento|pacco|reso|rimborso|spedizione"
    r"|compte|commande|facture|livraison|paiement|remboursement|retour|cuenta|devoluci|factura|pedido|envío"
    r"|bestellung|konto|lieferung|rechnung|zahlung",
    re.IGNORECASE,
)  # fmt: skip


def topic_of(label: str) -> str | None:
    """A label as a topic: its name, "other" where it must not be shown, None where it is no topic.

    Addresses, numbers and what looks like a person's name are not shown; words for language, channel and
    state of a ticket, which help desks set themselves, are no topics. What a desk marks as "other" is
    a topic of its own.

    Examples
    --------
    >>> [topic_of(label) for label in ("Password  reset", "lang_it", "solved", "web")]
    ['password reset', None, None, None]
    >>> [topic_of(label) for label in ("maria@example.com", "00391234", "Maria Silva", "Late Delivery")]
    ['other', 'other', 'other', 'late delivery']
    """
    text = " ".join(label.split())
    word = text.casefold()
    is_language = _LANGUAGE.fullmatch(word) is not None and word not in _NO_LANGUAGE
    if word in _SAID_OTHER:
        return SAID_OTHER
    if not text or word in LANGUAGES or word in CHANNELS or is_language or _SYSTEM.fullmatch(word):
        return None
    too_many_digits = 2 * len(_DIGITS.findall(word)) > len(word) or re.search(r"\d{5}", word)
    person = _PERSON.fullmatch(text) and not _PLAIN.search(text)
    if len(text) > LONGEST_TOPIC or _ADDRESS.search(text) or too_many_digits or person:
        return OTHER
    return word


def topics_frame(
    tickets: Tickets,
    names: Sequence[str],
    masks: np.ndarray | None,
    mondays: Sequence[date],
    starts: np.ndarray,
    span: tuple[int, int],
) -> pd.DataFrame | None:
    """Contacts of each topic per week and queue; a contact with several topics stands in each of them.

    ``counted_once`` gives each contact to its rarest topic, so that it adds up to all contacts with a topic.
    """
    labelled = tickets.labels >= 0
    if not labelled.any():
        return None
    sets, queue = tickets.labels[labelled], tickets.queue[labelled].astype(np.int64)
    quarter = tickets.quarter[labelled]
    week = np.searchsorted(starts, quarter, side="right") - 1
    out = np.zeros(len(quarter), dtype=bool) if masks is None else ~masks[queue, quarter - span[0]]
    usage = np.bincount(sets, minlength=len(tickets.label_sets))
    topics, of_sets, rarest = _named(tickets.label_sets, usage)
    cells = len(names) * len(mondays)
    key, back, times = np.unique(
        sets.astype(np.int64) * cells + queue * len(mondays) + week, return_inverse=True, return_counts=True
    )
    late = np.bincount(back, weights=out, minlength=len(key)).astype(np.int64)
    number, cell = key // cells, key % cells
    lengths = np.array([len(found) for found in of_sets], dtype=np.int64)
    flat = np.array([topic for found in of_sets for topic in found], dtype=np.int64)
    each = np.repeat(np.arange(len(key)), lengths[number])
    within = np.arange(len(each)) - np.repeat(np.cumsum(lengths[number]) - lengths[number], lengths[number])
    place = flat[(np.cumsum(lengths) - lengths)[number[each]] + within] * cells + cell[each]
    shape, size = (len(topics), len(names), len(mondays)), len(topics) * cells
    contacts = np.bincount(place, weights=times[each], minlength=size).astype(np.int64).reshape(shape)
    outside = np.bincount(place, weights=late[each], minlength=size).astype(np.int64).reshape(shape)
    main = np.array(rarest, dtype=np.int64)[number]
    told = main >= 0
    once = np.bincount(main[told] * cells + cell[told], weights=times[told], minlength=size)
    once = once.astype(np.int64).reshape(shape)
    return _long(topics, names, mondays, contacts, outside if masks is not None else None, once)


def _named(
    label_sets: Sequence[tuple[str, ...]], tickets: np.ndarray
) -> tuple[list[str], list[tuple[int, ...]], list[int]]:
    """Topics that are named, "other" last; for each set of labels its topics, and the rarest of them."""
    of_sets = [_of_one(labels) for labels in label_sets]
    totals: dict[str, int] = {}
    for found, number in zip(of_sets, tickets.tolist(), strict=True):
        for topic in found:
            totals[topic] = totals.get(topic, 0) + number
    often = sorted((-number, topic) for topic, number in totals.items() if topic != OTHER)
    named = [topic for number, topic in often[:MOST_TOPICS] if -number >= FEWEST_TICKETS]
    place = {topic: index for index, topic in enumerate([*named, OTHER])}
    rows: list[tuple[int, ...]] = []
    rarest: list[int] = []
    for found in of_sets:
        known = sorted({place[topic] for topic in found if topic in place and topic != OTHER})
        rows.append(tuple(known) if known or not found else (place[OTHER],))
        rarest.append(rows[-1][-1] if rows[-1] else -1)  # they stand in order of how often they come
    return [*named, OTHER], rows, rarest


def _of_one(labels: Sequence[str]) -> tuple[str, ...]:
    """Topics of a contact; "other" beside another one says nothing."""
    found = dict.fromkeys(topic for label in labels if (topic := topic_of(label)) is not None)
    if len(found) > 1:
        found.pop(SAID_OTHER, None)
    return tuple(found)


def _long(
    topics: Sequence[str],
    names: Sequence[str],
    mondays: Sequence[date],
    contacts: np.ndarray,
    outside: np.ndarray | None,
    once: np.ndarray,
) -> pd.DataFrame:
    """One row for each topic, queue and week of a topic that the queue ever has."""
    import pandas as pd

    has = contacts.sum(axis=2) > 0
    topic, queue = np.nonzero(has)
    weeks = len(mondays)
    return pd.DataFrame({
        "topic": np.repeat(np.array(topics, dtype=object)[topic], weeks),
        "queue": np.repeat(np.array(names, dtype=object)[queue], weeks),
        "week": list(mondays) * len(topic),
        "contacts": contacts[topic, queue].ravel(),
        "out_of_hours": np.full(len(topic) * weeks, np.nan) if outside is None
        else outside[topic, queue].ravel().astype(np.float64),
        "counted_once": once[topic, queue].ravel(),
    })  # fmt: skip
