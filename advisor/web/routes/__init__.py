"""The routes: each handler reads an address, has its page made, and answers."""
