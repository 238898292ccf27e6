"""Fetch and make everything that the other commands need: Odoo 19.0, its Python packages, the OCA addons,
wkhtmltopdf, a browser,
PostgreSQL. A second call takes about a second and says what was there already."""

from .. import setup
from ..console import say


def options(parser):
    parser.add_argument("--no-browser", action="store_true", help="leave Chromium out (then browser tests fail)")
    parser.add_argument("--lint", action="store_true", help="fetch the lint tools too")
    parser.add_argument(
        "--clean",
        action="store_true",
        help="remove what was made (not the downloads, not the data of ./mill run), then set up anew",
    )


def call(args):
    if args.clean:
        setup.clean()
    setup.ensure("test", browser=not args.no_browser, lint=args.lint, verbose=True)
    say("set up")
