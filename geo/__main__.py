"""``python -m geo``: the same as ``claim-atlas``."""

from geo.cli import main

if __name__ == "__main__":
    main()
