"""Keep the demo mill of a release as what later code is tried on: it writes config/release.toml and tests/upgrade/*.xz.

  ./mill release COMMIT         once a release has landed

The mill is built by that commit's own code, in a checkout of its own; Odoo and the packages are those of this checkout."""

from .. import release, setup


def options(parser):
    parser.add_argument("commit", help="the commit that landed")


def call(args):
    setup.ensure("test", browser=False)
    release.keep(args.commit)
