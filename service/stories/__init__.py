"""Stories: which articles are copies of the same text, told from the texts alone."""
