"""A package, so that what its fixtures of package scope started ends with its last test."""
