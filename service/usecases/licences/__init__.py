"""Outlets and their licences: kept, looked up, held to, and reported on."""
