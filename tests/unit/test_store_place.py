"""Which database the settings name, and what is refused."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from coach.errors import CoachError
from coach.settings import Settings
from coach.store.place import place_of

pytestmark = pytest.mark.unit

POOLER = "postgresql://postgres.ref:p%40ss@aws-0-eu.pooler.supabase.com:6543/postgres"


def named(url: str | None) -> Settings:
    return Settings(coach_home=Path("/home/coach"), database_url=SecretStr(url) if url else None)


def test_sqlite_in_the_home_by_default() -> None:
    place = place_of(named(None))
    assert place.file == Path("/home/coach/coach.sqlite3")
    assert place.asynchronous().drivername == "sqlite+aiosqlite"


@pytest.mark.parametrize(
    "url", [POOLER, POOLER.replace("postgresql://", "postgres://"), f"{POOLER}?pgbouncer=true"]
)
def test_postgresql_as_providers_write_it(url: str) -> None:
    place = place_of(named(url))
    assert place.file is None
    assert place.asynchronous().drivername == "postgresql+psycopg"
    assert (place.url.username, place.url.password, place.url.port) == (
        "postgres.ref",
        "p@ss",
        6543,
    )
    assert not place.url.query
    assert place.driver_options()["prepare_threshold"] is None


def test_other_options_of_the_address_reach_the_driver() -> None:
    assert place_of(named(f"{POOLER}?sslmode=require")).url.query == {"sslmode": "require"}


@pytest.mark.parametrize(
    "url", ["mysql://u:secret@host/db", "sqlite:///secret.db", "secret", "postgres://host", "://"]
)
def test_what_is_no_postgresql_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(CoachError) as refused:
        place_of(named(url))
    assert "DATABASE_URL" in refused.value.message
    assert "secret" not in f"{refused.value.message} {refused.value.hint}"


def test_no_password_is_named() -> None:
    assert place_of(named(POOLER)).named() == "aws-0-eu.pooler.supabase.com/postgres"
