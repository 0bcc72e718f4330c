"""The application: the one place where the parts are put together."""

from __future__ import annotations

import atexit

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_compress import Compress

from service.config import Config
from service.opening import open_engine
from service.search.engine import Engine
from service.usecases.enrichment_pool import EnrichmentPool
from service.usecases.licences.counting import ViewCounter
from service.usecases.licences.licences import Licences, Unlicensed
from service.usecases.synonyms import OwnSynonyms
from service.web.access import Access, caller
from service.web.api import register_api
from service.web.embedding import Embedding
from service.web.feeds import ATOM
from service.web.hooks import register_hooks
from service.web.logs import configure_logs
from service.web.metrics import PoolMetrics
from service.web.negotiation import PROBLEM
from service.web.opensearch import register_opensearch
from service.web.page.views import register_page
from service.web.problems import register_error_handlers
from service.web.public_url import install_public_url
from service.web.services import Services
from service.web.sign_on import install_sign_on
from service.web.tracing import install_traces
from service.web.widget import views as widget

_COMPRESSED_TYPES = [
    "application/json",
    PROBLEM,
    "text/html",
    "text/css",
    "text/javascript",
    "image/svg+xml",
    "text/plain",
]


def create_app(config: Config, engine: Engine | None = None) -> Flask:
    """Return the WSGI application over this engine, or over the configured one, which is closed with the process.

    To be called in each worker after its fork, as an engine has threads and locks. Raises StartupError where the
    engine cannot be opened.
    """
    configure_logs(config.log_level, config.log_format)
    app = Flask("service.web", static_folder="static", template_folder="templates")
    _configure(app)
    install_traces(app, config)
    opened = engine or _open(config)
    pool = EnrichmentPool(config.enrichment_processes, watch=PoolMetrics())
    atexit.register(pool.close)
    own_synonyms = OwnSynonyms(config.synonyms_path)
    licences = Licences(lambda: opened.records, Unlicensed(config.display, config.snippet_characters))
    views = ViewCounter(lambda: opened.views)
    atexit.register(views.close)  # after the engine, and so run before it is closed
    Services(
        lambda: opened,
        licences,
        lambda: caller().audience,
        views,
        own_synonyms,
        pool,
        config.export_rows,
        config.data_dir,
    ).install(app.extensions)
    install_public_url(app, config.public_url)
    install_sign_on(app, config)
    Access.of(config).install(app.extensions)
    Embedding.of(config).install(app.extensions)
    register_error_handlers(app)
    register_api(app)
    register_page(app)
    app.register_blueprint(widget.blueprint)
    register_opensearch(app)
    register_hooks(app)
    return app


def _open(config: Config) -> Engine:
    engine = open_engine(config)
    atexit.register(engine.close)
    return engine


def _configure(app: Flask) -> None:
    assert isinstance(app.json, DefaultJSONProvider)
    app.json.ensure_ascii = False
    app.json.sort_keys = False
    # `//` in a path is another path: a redirect would lose the body of a write.
    app.url_map.merge_slashes = False
    app.config.update(
        COMPRESS_MIMETYPES=[*_COMPRESSED_TYPES, ATOM],
        COMPRESS_ALGORITHM=["zstd", "br", "gzip"],
        COMPRESS_STREAMS=False,  # a line of a bulk has to leave when it is written
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,  # the calls do so themselves, by version
    )
    Compress(app)
