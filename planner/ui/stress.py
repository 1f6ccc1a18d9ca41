"""What-ifs of the rota on screen: asked for here, worked out beside, and shown when they are done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import streamlit as st

from planner.study.stress_files import WHAT, busiest
from planner.tasks import Job, JobState
from planner.ui import parts, progress, state
from planner.ui.words import t

ICONS = {
    "absent": ":material/person_off:",
    "bad_day": ":material/thunderstorm:",
    "wrong_forecast": ":material/trending_up:",
}


def ask(results: parts.Results) -> None:
    """The three questions, with the hours of a bad day."""
    period = results.files.record["period"]
    first = date.fromisoformat(period["first_day"])
    day, hour = busiest(results.files.forecast)
    live = (job := shown(results)) is not None and job.state.live
    with st.expander(t("stress.rush")):
        st.date_input(
            t("stress.day"),
            value=date.fromisoformat(day),
            min_value=first,
            max_value=first + timedelta(days=period["days"] - 1),
            key=_key(results, "day"),
        )
        given = (("from_hour", hour, 0, 23), ("hours", 4, 1, 24), ("factor", 4, 2, 10))
        for column, (name, value, least, most) in zip(st.columns(3), given, strict=True):
            column.number_input(t(f"stress.{name}"), least, most, value, key=_key(results, name))
    with st.container(horizontal=True):
        for what in WHAT:
            st.button(
                t(f"stress.ask_{what}"),
                key=f"stress-{what}",
                icon=ICONS[what],
                on_click=submit,
                args=(results, what),
                disabled=live,
            )


def _key(results: parts.Results, name: str) -> str:
    return f"stress-{name}-{results.job.id}-{results.number}"


def submit(results: parts.Results, what: str) -> None:
    """Queue a test of the rota on screen, or show the one that was done before.

    A test reads the scenario again: one that has been changed since the rota was made is another desk.
    """
    here = state.work()
    if here is None or parts.is_stale(here, results.job):
        state.say_mistakes([t("stress.stale")])
        return
    index = results.number - 1
    rush: dict[str, Any] = {}
    if what == "bad_day":
        rush = {name: state.typed(_key(results, name)) for name in ("from_hour", "hours", "factor")}
        rush["day"] = str(state.typed(_key(results, "day")))
    payload = {
        "scenario": results.job.payload["scenarios"][index],
        "rota": str(results.files.folder / "rota.csv"),
        "of": [results.job.id, results.number],
        "what": what,
        "rush": rush,
    }
    key = f"stress-{results.job.id}-{results.number}-{what}-{sorted(rush.items())}"
    made = state.submit("stress", payload, key)
    if made:
        state.go(test=made.id)


def shown(results: parts.Results) -> Job | None:
    """The test in the address, if it is one of the rota on screen."""
    job = state.test()
    return job if job and job.payload.get("of") == [results.job.id, results.number] else None


def watch(results: parts.Results) -> None:
    """A test under way, or what it found."""
    job = shown(results)
    if job is None:
        return
    live = job.state.live

    @st.fragment(run_every=1.0 if live else None)
    def look() -> None:
        now = shown(results)
        if now is None:
            return
        if now.state.live:
            _under_way(now)
        elif live:
            st.rerun()
        elif now.state is JobState.FAILED:
            for sentence in now.errors or (t("stress.cancelled"),):
                st.error(parts.spoken(now, sentence), icon=":material/error:")
        else:
            state.attempt(lambda: _found(now))
            state.show_mistakes()

    look()


def _under_way(job: Job) -> None:
    """Its place in the queue or its progress, and the way to stop."""
    if job.state is JobState.QUEUED:
        st.info(t("solve.queued", before=job.place), icon=":material/hourglass:")
    else:
        words = t("stress.under_way", question=t(f"stress.ask_{job.payload['what']}"))
        st.progress(progress.share_done(job.progress), text=words)
    parts.stop_button(t("stress.stop"), job)


def _found(job: Job) -> None:
    """The sentences of a finished test."""
    record = state.stress_record(job)
    with st.container(border=True):
        st.markdown(f"**{t('stress.ask_' + record['what'])}**")
        for message in record["messages"] or [{"text": t("stress.cancelled")}]:
            st.markdown(f"- {parts.spoken(job, message['text'])}")
