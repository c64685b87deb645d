"""What several web apps and workers on one database have to know of each other."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = ("dispatches", "limits", "sign_outs")


def upgrade() -> None:
    """Make the tables; on PostgreSQL they are closed to all but their owner, like the others."""
    op.create_table(
        "dispatches",
        sa.Column("session_id", sa.String(40), sa.ForeignKey("sessions.id"), primary_key=True),
        sa.Column("fence", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("missed_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "limits",
        sa.Column("visitor", sa.String(64), primary_key=True),
        sa.Column("full_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "sign_outs",
        sa.Column("proof_id", sa.String(40), primary_key=True),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.add_column(
        "wishes", sa.Column("captions", sa.Boolean, nullable=False, server_default=sa.false())
    )
    if op.get_context().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
