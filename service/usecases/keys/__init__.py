"""API keys: made and revoked by the command, looked up by the service."""
