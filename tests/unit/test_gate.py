"""Promise 3: nobody is heard without consent, and every pause holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.worker.gate import Facts, decide

pytestmark = pytest.mark.unit

facts = st.builds(
    Facts,
    partner_present=st.booleans(),
    consent=st.sampled_from(["", "granted", "declined", "withdrawn", "GRANTED", "yes"]),
    paused_by=st.frozensets(st.sampled_from(["partner", "facilitator"])),
    microphone=st.sampled_from(["none", "muted", "live"]),
    listening=st.sampled_from(["continuous", "push"]),
    held=st.booleans(),
)


@given(facts)
def test_hearing_needs_consent_presence_and_no_pause(known: Facts) -> None:
    decision = decide(known)
    allowed = (
        known.consent == "granted"
        and known.partner_present
        and not known.paused_by
        and (known.listening == "continuous" or known.held)
    )
    assert decision.hear == allowed


@given(facts)
def test_a_silent_coach_always_says_why(known: Facts) -> None:
    decision = decide(known)
    assert decision.state
    if not decision.hear and decision.state != "waiting_for_partner":
        assert decision.reason


@given(facts)
def test_both_people_see_only_the_four_words(known: Facts) -> None:
    public = decide(known).public
    assert public in {"waiting_for_consent", "listening", "paused", "stopped"}
    assert (public == "listening") == decide(known).hear


def test_the_partners_pause_is_told_apart_from_the_facilitators() -> None:
    agreed = {"partner_present": True, "consent": "granted", "microphone": "live"}
    both = decide(Facts(**agreed, paused_by=frozenset({"partner", "facilitator"})))  # type: ignore[arg-type]
    assert both.reason == "paused_by_partner"
