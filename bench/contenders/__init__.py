"""What takes part in the comparison: one class for each contender."""
