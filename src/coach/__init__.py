"""Silent Coach: hears the partner, writes short hints that only the facilitator sees."""

from coach.deferred import defer

# brings the ORM along, of which nothing is used
defer(("sqlalchemy.ext.asyncio",))
