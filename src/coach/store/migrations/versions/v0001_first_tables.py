"""The tables of the first release; a database that has them already is taken over as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make what is missing."""
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("room", sa.String(128), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
        if_not_exists=True,
    )
    op.create_index("ix_sessions_room", "sessions", ["room"], if_not_exists=True)
    _make_consents()
    _make_hints()
    _make_wishes()
    _make_turns()


def _make_consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("session_id", sa.String(40), sa.ForeignKey("sessions.id"), nullable=False),
        sa.Column("identity", sa.String(128), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_consents_session_id", "consents", ["session_id"], if_not_exists=True)


def _make_hints() -> None:
    op.create_table(
        "hints",
        sa.Column("hint_id", sa.String(80), primary_key=True),
        sa.Column("session_id", sa.String(40), sa.ForeignKey("sessions.id"), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("turn_id", sa.String(80), nullable=False),
        sa.Column("heard_at", sa.BigInteger, nullable=False),
        sa.Column("card", sa.String(16), nullable=False),
        sa.Column("sections", sa.JSON, nullable=False),
        sa.Column("latency_ms", sa.JSON, nullable=False),
        sa.Column("verdict", sa.String(16)),
        sa.UniqueConstraint("session_id", "seq"),
        if_not_exists=True,
    )
    op.create_index("ix_hints_session_id", "hints", ["session_id"], if_not_exists=True)


def _make_wishes() -> None:
    op.create_table(
        "wishes",
        sa.Column("session_id", sa.String(40), sa.ForeignKey("sessions.id"), primary_key=True),
        sa.Column("paused_by", sa.JSON, nullable=False),
        sa.Column("listening", sa.String(16), nullable=False),
        sa.Column("pace", sa.String(16), nullable=False),
        if_not_exists=True,
    )


def _make_turns() -> None:
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("session_id", sa.String(40), sa.ForeignKey("sessions.id"), nullable=False),
        sa.Column("turn_id", sa.String(80), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_turns_session_id", "turns", ["session_id"], if_not_exists=True)
