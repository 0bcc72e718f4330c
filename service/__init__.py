"""Gisa: press-coverage search for a Korean city hall."""

__version__ = "0.1.0"
