"""The values of the service and its typed errors; nothing but the standard library is imported here."""
