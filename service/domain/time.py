"""The one time zone of the service."""

from datetime import timedelta, timezone

KST = timezone(timedelta(hours=9), "KST")
"""Asia/Seoul: a fixed +09:00 since 1988, and what a time without an offset means here."""
