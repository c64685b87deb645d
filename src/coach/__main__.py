"""`python -m coach` is the console script `coach`."""

from coach.cli import main

# the process of a session imports this, too
if __name__ == "__main__":
    main()
