"""python -m tools.mill.walk --url URL --db DB --orders FILE --out DIR --admin-password SECRET"""

import argparse
import sys
from pathlib import Path

from . import main

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="walk", description=__doc__)
    for name in ("--url", "--db", "--orders", "--out", "--admin-password"):
        parser.add_argument(name, required=True)
    args = parser.parse_args()
    sys.exit(main(args.url, args.db, Path(args.orders), Path(args.out), args.admin_password))
