"""`./mill`: sets up, runs, shows, tests, lints and measures the product.

Standard library only (Python 3.11 to 3.13), so that it works before anything is installed. Each module holds one
concept;
each command stands in `commands/`, each stage of `./mill test` in `testing/`.
"""
