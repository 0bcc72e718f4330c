"""Traces for OpenTelemetry, where a collector is named: a span of each request and of its calls to Elasticsearch."""

from __future__ import annotations

import atexit
from typing import TYPE_CHECKING

from flask import Flask, current_app

from service import __version__
from service.config import Config
from service.domain.errors import StartupError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_INSTALLED = "gisa.traces"
_LEFT_OUT = "/livez,/readyz,/metrics,/static/,/sign-on"
"""Paths without spans: what is asked every few seconds says nothing, and an address of sign-on holds its code."""

_SECONDS = 3.0
"""In which a collector has to take a batch: the end of the process waits for the last one."""


def require_traces(config: Config) -> None:
    """Raise StartupError where a collector is named and the extra is missing; it is loaded where one is named."""
    if not config.traces_url:
        return
    try:
        # An extra, loaded only where it is asked for.
        import opentelemetry.exporter.otlp.proto.http.trace_exporter  # noqa: PLC0415
        import opentelemetry.instrumentation.flask  # noqa: F401, PLC0415
    except ImportError as error:
        raise StartupError(
            "GISA_TRACES_URL에 쓸 것이 설치되어 있지 않습니다. `pip install -r requirements-tracing.txt`로 설치하거나 "
            "GISA_TRACES_URL을 비우세요.",
            "What GISA_TRACES_URL needs is not installed. Install it with `pip install -r requirements-tracing.txt`, "
            "or leave GISA_TRACES_URL empty.",
        ) from error


def install_traces(app: Flask, config: Config) -> None:
    """Have spans sent to the collector of the settings, if there is one; StartupError where the extra is missing.

    To be called before anything else is done before a request, in each worker after its fork. The sampler and the
    limits are those of the variables of OpenTelemetry (OTEL_TRACES_SAMPLER and the like).
    """
    require_traces(config)
    if not config.traces_url:
        return
    from opentelemetry import trace  # noqa: PLC0415 -- see above
    from opentelemetry.instrumentation.flask import FlaskInstrumentor  # noqa: PLC0415 -- see above

    provider = _provider(config.traces_url)
    trace.set_tracer_provider(provider)  # the client of Elasticsearch looks for it there
    FlaskInstrumentor().instrument_app(  # type: ignore[no-untyped-call] # the library leaves it untyped
        app, excluded_urls=_LEFT_OUT, tracer_provider=provider
    )
    atexit.register(provider.shutdown)
    app.extensions[_INSTALLED] = provider


def trace_in_log() -> dict[str, str]:
    """Return `trace_id` of the request as a field of its log lines, in hexadecimal; nothing where there is no span."""
    if _INSTALLED not in current_app.extensions:
        return {}
    from opentelemetry import trace  # noqa: PLC0415 -- see above

    context = trace.get_current_span().get_span_context()
    return {"trace_id": trace.format_trace_id(context.trace_id)} if context.is_valid else {}


def _provider(url: str) -> TracerProvider:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 -- see above
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 -- see above
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 -- see above
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 -- see above

    resource = Resource.create({"service.name": "gisa", "service.version": __version__})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url, timeout=_SECONDS)))
    return provider
