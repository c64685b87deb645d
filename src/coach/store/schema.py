"""The tables as the newest migration leaves them. Times are milliseconds since the epoch.

Columns marked `sealed` hold what was said or written: they are encrypted when the store has keys,
and erased with the session's text.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

metadata = MetaData()


def _session(**options: Any) -> Column[Any]:
    return Column("session_id", ForeignKey("sessions.id"), nullable=False, **options)


def _sealed(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Text, nullable=nullable, info={"sealed": True})


sessions = Table(
    "sessions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("room", String(128), nullable=False, index=True),
    _sealed("name", nullable=True),
    Column("state", String(16), nullable=False, server_default="open"),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),
    Column("ended_at", BigInteger),
)

seats = Table(
    "seats",
    metadata,
    Column("id", String(40), primary_key=True),
    _session(index=True),
    Column("role", String(16), nullable=False),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("browser_hash", String(64)),
    Column("claimed_at", BigInteger),
)

knocks = Table(
    "knocks",
    metadata,
    Column("seat_id", ForeignKey("seats.id"), primary_key=True),
    Column("browser_hash", String(64), primary_key=True),
    Column("at", BigInteger, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _session(index=True),
    Column("identity", String(128), nullable=False),
    Column("seat_id", ForeignKey("seats.id", name="fk_consents_seat")),
    Column("purpose", String(16), nullable=False, server_default="coaching"),
    Column("state", String(16), nullable=False),
    Column("version", String(40), nullable=False),
    Column("text_hash", String(64), nullable=False, server_default=""),
    Column("at", BigInteger, nullable=False),
    Column("withdrawn_at", BigInteger),
)

hints = Table(
    "hints",
    metadata,
    Column("hint_id", String(80), primary_key=True),
    _session(index=True),
    Column("seq", Integer, nullable=False),
    Column("turn_id", String(80), nullable=False),
    Column("heard_at", BigInteger, nullable=False),
    Column("card", String(16), nullable=False),
    _sealed("sections"),
    Column("latency_ms", JSON, nullable=False),
    UniqueConstraint("session_id", "seq", name="uq_hints_session_seq"),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("hint_id", String(80), primary_key=True),
    _session(index=True),
    Column("verdict", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
)

wishes = Table(
    "wishes",
    metadata,
    _session(primary_key=True),
    Column("paused_by", JSON, nullable=False),
    Column("listening", String(16), nullable=False),
    Column("pace", String(16), nullable=False),
    Column("captions", Boolean, nullable=False, server_default=false()),
)

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _session(index=True),
    Column("turn_id", String(80), nullable=False),
    Column("at", BigInteger, nullable=False),
    _sealed("text"),
)

summaries = Table(
    "summaries",
    metadata,
    _session(primary_key=True),
    Column("at", BigInteger, nullable=False),
    _sealed("text"),
)

figures = Table(
    "figures",
    metadata,
    _session(primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("figures", JSON, nullable=False),
    Column("sums", JSON, nullable=False),
)

receipts = Table(
    "receipts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _session(index=True),
    Column("reason", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("hints", Integer, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("summaries", Integer, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("session_id", String(40), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("action", String(40), nullable=False),
    Index("ix_audit_session", "session_id", "at"),
)

dispatches = Table(
    "dispatches",
    metadata,
    _session(primary_key=True),
    Column("fence", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("missed_at", BigInteger, nullable=False),
)

limits = Table(
    "limits",
    metadata,
    Column("visitor", String(64), primary_key=True),
    Column("full_at", BigInteger, nullable=False),
)

sign_outs = Table(
    "sign_outs",
    metadata,
    Column("proof_id", String(40), primary_key=True),
    Column("until", BigInteger, nullable=False),
)

SEALED = tuple(
    column
    for table in metadata.tables.values()
    for column in table.columns
    if column.info.get("sealed")
)
