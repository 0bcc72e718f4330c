"""What a backup consists of, whichever engine it is of: its manifest and its files."""
