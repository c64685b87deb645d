"""`coach doctor`: every part of the product tried out, and what mends the ones that fail."""
