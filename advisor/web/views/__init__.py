"""What templates are given: one frozen view for each page, every field described."""
