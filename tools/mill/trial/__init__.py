"""What `./mill trial` is made of: a server of its own that may be killed, and the means to ask it what it kept."""
