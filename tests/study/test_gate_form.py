import pytest

from planner._messages import catalogue
from planner.study import Scenario, workspace
from planner.study.gate_form import FORMS, GateLine, changes_of, label, lines_of, said, sentence, title, usual
from planner.study.scenario.gates import GATES

SHIPPED = sorted(workspace.SAMPLES.glob("*/*.yaml"))


def read(gates):
    return Scenario.from_text("people: 5").replace(gates=gates).gates


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_gates_survive_the_form(path):
    scenario = Scenario.load(path)
    lines = lines_of(scenario.gates)
    assert read(said(lines)) == scenario.gates
    assert changes_of(scenario, lines) == {}


@pytest.mark.parametrize("form", FORMS)
def test_a_new_gate_can_be_read_and_is_a_sentence(form):
    (gate,) = read(said([usual(form)]))
    assert lines_of([gate])[0].form == form
    assert str(sentence(usual(form)))
    assert title(form)
    for field in FORMS[form]:
        assert label(form, field.key)


def test_every_kind_of_gate_has_a_form():
    forms = {"promise_kept" if form.startswith("promise_") else form for form in FORMS}
    assert forms == set(GATES)


def test_sentences_say_the_numbers():
    told = [str(sentence(line)) for line in (usual("cost_uplift"), usual("fairness"), usual("actuals"))]
    assert "at most 10 % above" in told[0]
    assert "nights a month at most 4 apart; weekends a month at most 2 apart" in told[1]
    assert "as far as the forecast may stray" in told[2]
    contract = GateLine("contacts_per_new_hour", {"at_least": 0.5, "or_contract": "premium 24/7"})
    assert "premium 24/7" in str(sentence(contract))


def test_what_is_emptied_is_not_asked():
    line = GateLine("fairness", {"nights": 3.0, "weekends": None, "holidays": None})
    assert read(said([line]))[0].settings == {"nights": 3.0, "weekends": None, "holidays": None}


def test_odd_numbers_come_through():
    lines = [
        GateLine("promise_new", {"in_weeks": 8.5}),
        GateLine("promise_old", {"not_worse_by": 2.5}),
        GateLine("actuals", {"within": 12.5, "for": 1.0}),
        GateLine("cost_uplift", {"at_most": 100.0}),
    ]
    assert list(lines_of(read(said(lines)))) == lines


def test_words_of_both_languages_have_the_same_gates():
    keys = [{key for key in catalogue(language) if key.startswith("gate_form.")} for language in ("en", "it")]
    assert keys[0] == keys[1]
