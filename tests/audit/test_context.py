import pytest

from takar.audit.context import Origin, current, using


def test_origin_is_the_system_unless_said_otherwise() -> None:
    assert current() == Origin("system", "", "")


def test_using_lasts_for_its_block_even_when_it_fails() -> None:
    def fail() -> None:
        with using(channel="web", address="10.0.0.7", request_id="r1"):
            with using(channel="cli"):
                assert current() == Origin("cli", "", "")
            assert current() == Origin("web", "10.0.0.7", "r1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert current() == Origin("system", "", "")
