"""Seats, full consent records, verdicts, summaries, receipts and the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the new tables and move what the old ones hold."""
    _widen_sessions()
    _make_seats()
    _widen_consents()
    _make_verdicts()
    _remake_hints()
    _make_records()


def _widen_sessions() -> None:
    op.add_column("sessions", sa.Column("name", sa.Text))
    op.add_column(
        "sessions", sa.Column("state", sa.String(16), nullable=False, server_default="open")
    )
    op.add_column("sessions", sa.Column("expires_at", sa.BigInteger))
    op.execute("UPDATE sessions SET state = 'erased' WHERE ended_at IS NOT NULL")


def _make_seats() -> None:
    op.create_table(
        "seats",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column(
            "session_id", sa.String(40), sa.ForeignKey("sessions.id"), nullable=False, index=True
        ),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.Column("browser_hash", sa.String(64)),
        sa.Column("claimed_at", sa.BigInteger),
    )
    op.create_table(
        "knocks",
        sa.Column("seat_id", sa.String(40), sa.ForeignKey("seats.id"), primary_key=True),
        sa.Column("browser_hash", sa.String(64), primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )


def _widen_consents() -> None:
    with op.batch_alter_table("consents") as consents:
        consents.add_column(sa.Column("seat_id", sa.String(40)))
        consents.add_column(
            sa.Column("purpose", sa.String(16), nullable=False, server_default="coaching")
        )
        consents.add_column(
            sa.Column("text_hash", sa.String(64), nullable=False, server_default="")
        )
        consents.add_column(sa.Column("withdrawn_at", sa.BigInteger))
        consents.create_foreign_key("fk_consents_seat", "seats", ["seat_id"], ["id"])


def _make_verdicts() -> None:
    op.create_table(
        "verdicts",
        sa.Column("hint_id", sa.String(80), primary_key=True),
        sa.Column(
            "session_id", sa.String(40), sa.ForeignKey("sessions.id"), nullable=False, index=True
        ),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.execute(
        "INSERT INTO verdicts (hint_id, session_id, verdict, at) "
        "SELECT hint_id, session_id, verdict, heard_at FROM hints WHERE verdict IS NOT NULL"
    )


def _remake_hints() -> None:
    """Sections become text, so that they can be sealed."""
    op.create_table(
        "new_hints",
        sa.Column("hint_id", sa.String(80), primary_key=True),
        sa.Column("session_id", sa.String(40), sa.ForeignKey("sessions.id"), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("turn_id", sa.String(80), nullable=False),
        sa.Column("heard_at", sa.BigInteger, nullable=False),
        sa.Column("card", sa.String(16), nullable=False),
        sa.Column("sections", sa.Text, nullable=False),
        sa.Column("latency_ms", sa.JSON, nullable=False),
        sa.UniqueConstraint("session_id", "seq", name="uq_hints_session_seq"),
    )
    op.execute(
        "INSERT INTO new_hints (hint_id, session_id, seq, turn_id, heard_at, card, sections, "
        "latency_ms) SELECT hint_id, session_id, seq, turn_id, heard_at, card, "
        "CAST(sections AS TEXT), latency_ms FROM hints"
    )
    op.drop_table("hints")
    op.rename_table("new_hints", "hints")
    op.create_index("ix_hints_session_id", "hints", ["session_id"])


def _make_records() -> None:
    op.create_table(
        "summaries",
        sa.Column("session_id", sa.String(40), sa.ForeignKey("sessions.id"), primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "receipts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "session_id", sa.String(40), sa.ForeignKey("sessions.id"), nullable=False, index=True
        ),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("hints", sa.Integer, nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("summaries", sa.Integer, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("session_id", sa.String(40), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
    )
    op.create_index("ix_audit_session", "audit", ["session_id", "at"])
