"""Times and counts of each session, which outlive its text."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table, closed to all but its owner on PostgreSQL as the others are."""
    op.create_table(
        "figures",
        sa.Column("session_id", sa.String(40), sa.ForeignKey("sessions.id"), primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("figures", sa.JSON, nullable=False),
        sa.Column("sums", sa.JSON, nullable=False),
    )
    if op.get_context().dialect.name == "postgresql":
        op.execute('ALTER TABLE "figures" ENABLE ROW LEVEL SECURITY')
