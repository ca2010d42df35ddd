"""The door for browsers and programs: pages and the JSON API over one rule base."""
