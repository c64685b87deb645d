"""Silent Coach: hears the partner, writes short hints that only the facilitator sees."""
