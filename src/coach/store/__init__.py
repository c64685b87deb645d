"""What is kept, for as long as it may be: sessions, consents and hints."""

from coach.store.database import Store, open_store
from coach.store.hints import StoredHint
from coach.store.wishes import Wish

__all__ = ["Store", "StoredHint", "Wish", "open_store"]
