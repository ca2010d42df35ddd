"""The page of a recommendation, part by part."""
