"""The page that sets several recommendations side by side, one file for each part of it."""
