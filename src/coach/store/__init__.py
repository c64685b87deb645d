"""What is kept, for as long as it may be: sessions, seats, consents and, while they run, text."""

from coach.store.hints import StoredHint
from coach.store.migrate import migrate
from coach.store.opening import Store, open_store
from coach.store.sweeper import sweeping
from coach.store.wishes import Wish

__all__ = ["Store", "StoredHint", "Wish", "migrate", "open_store", "sweeping"]
