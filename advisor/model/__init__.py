"""The nouns: frozen, without I/O, web or YAML. Import from the files inside."""
