"""On PostgreSQL, close every table to all but its owner.

Supabase serves the tables of the public schema over HTTP to whoever has the project's public key,
unless row security is on; with it on and no policy, they get no row.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = (
    "alembic_version",
    "audit",
    "consents",
    "hints",
    "knocks",
    "receipts",
    "seats",
    "sessions",
    "summaries",
    "turns",
    "verdicts",
    "wishes",
)


def upgrade() -> None:
    """Switch row security on; the owner, which the coach is, does not notice."""
    if op.get_context().dialect.name != "postgresql":
        return
    for table in TABLES:
        op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
