"""What is measured: import, searches, memory and size of each contender, in one run over the same articles."""
