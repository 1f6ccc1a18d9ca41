import threading

from planner.tasks import warming


def test_a_tiny_desk_is_planned_to_the_end():
    assert warming.warm_up() is None


def test_a_failure_has_no_consequence(monkeypatch, caplog):
    def fail():
        raise RuntimeError("no compiler")

    monkeypatch.setattr(warming, "warm_up", fail)
    thread = warming.warm_up_beside()
    thread.join(10)
    assert not thread.is_alive()
    assert "warming up failed" in caplog.text
    assert threading.current_thread().is_alive()
