"""The schema's history, in the package so that it travels with the program."""
