"""What may be meant by what is being typed, or by a word that finds nothing."""
