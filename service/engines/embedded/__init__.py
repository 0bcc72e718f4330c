"""The engine of one machine: SQLite is the system of record, a tantivy index is derived from it."""
