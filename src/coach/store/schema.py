"""The tables. Times are milliseconds since the epoch."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("room", String(128), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("session_id", ForeignKey("sessions.id"), nullable=False, index=True),
    Column("identity", String(128), nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", String(40), nullable=False),
    Column("at", BigInteger, nullable=False),
)

hints = Table(
    "hints",
    metadata,
    Column("hint_id", String(80), primary_key=True),
    Column("session_id", ForeignKey("sessions.id"), nullable=False, index=True),
    Column("seq", Integer, nullable=False),
    Column("turn_id", String(80), nullable=False),
    Column("heard_at", BigInteger, nullable=False),
    Column("card", String(16), nullable=False),
    Column("sections", JSON, nullable=False),
    Column("latency_ms", JSON, nullable=False),
    Column("verdict", String(16)),
    UniqueConstraint("session_id", "seq"),
)

wishes = Table(
    "wishes",
    metadata,
    Column("session_id", ForeignKey("sessions.id"), primary_key=True),
    Column("paused_by", JSON, nullable=False),
    Column("listening", String(16), nullable=False),
    Column("pace", String(16), nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("session_id", ForeignKey("sessions.id"), nullable=False, index=True),
    Column("turn_id", String(80), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
)
