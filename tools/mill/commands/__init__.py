"""One module a command: `options(parser)` and `call(args)`."""
