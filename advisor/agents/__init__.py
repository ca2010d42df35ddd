"""What coding agents may ask: the tools, and the server that offers them."""
