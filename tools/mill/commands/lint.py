"""lint"""


def options(parser):
    pass


def call(args):
    raise SystemExit("not yet")
