"""A recommendation for people, outside the browser: text for a terminal, and what it is made of."""
