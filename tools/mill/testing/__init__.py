"""The stages of `./mill test`: plain Python, each addon alone, all together, each uninstalled."""
