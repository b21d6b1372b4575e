"""What a body is spared, on its way through a session and through the token of a stream."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.conversation.sparing import Sparing
from coach.persistence.reading import UNREADABLE, Fields

sparing = st.builds(
    Sparing,
    barred=st.lists(st.from_regex(r"[a-z][a-z_]{0,30}", fullmatch=True), unique=True).map(tuple),
    gently=st.booleans(),
    no_floor=st.booleans(),
    pains=st.integers(0, 1_000),
    joint_hurt=st.booleans(),
)


@given(sparing)
def test_nothing_of_it_is_lost_on_the_way(spared: Sparing) -> None:
    assert Sparing.from_document(Fields(spared.to_document())) == spared
    assert Sparing.from_token(spared.to_token()) == spared


def test_a_body_that_is_spared_nothing_has_an_empty_token() -> None:
    assert Sparing().to_token() == ""


@pytest.mark.parametrize("token", [" ", "0", "000", "0002 pi-geon", "200", "00x0", "00090 a b/c", "000-1"])
def test_a_token_that_is_none_of_ours_is_refused(token: str) -> None:
    with pytest.raises(UNREADABLE):
        Sparing.from_token(token)
