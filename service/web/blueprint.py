"""Blueprints whose calls describe themselves in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import flask_smorest  # type: ignore[import-untyped] # the library carries no types

View = TypeVar("View", bound=Callable[..., Any])


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc] # as above
    """A blueprint of flask-smorest with a typed decorator for the description of a call."""

    def describes(self, operation: dict[str, Any]) -> Callable[[View], View]:
        """Return a decorator that gives a view this OpenAPI operation."""
        described: Callable[[View], View] = self.doc(**operation)
        return described
