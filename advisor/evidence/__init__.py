"""Runs probes, holds what they see against their records, and asks which versions are newest."""
