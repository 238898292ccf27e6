"""The project's own tools; `./mill` is the way in."""
