"""The connection to the cluster: one client, time-outs, and a circuit breaker in front of it."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from elastic_transport import ConnectionError as NoConnection
from elastic_transport import TlsError, Transport, TransportError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError
from structlog.contextvars import get_contextvars

from service.domain.errors import EngineUnavailable, StartupError
from service.engines.elasticsearch.breaker import CircuitBreaker, away
from service.engines.elasticsearch.failures import translated
from service.engines.elasticsearch.serializing import SERIALIZERS
from service.engines.elasticsearch.settings import ElasticsearchSettings

_LOG = logging.getLogger("gisa.engine")
_CONNECTIONS = 32  # kept open to each node: one for each thread that may ask at a time

Answer = TypeVar("Answer")


class Connection:
    """Asks the cluster and turns every way in which it may fail into the service's own errors."""

    def __init__(self, settings: ElasticsearchSettings) -> None:
        client = open_client(settings)
        self._client = client
        self._quick = client.options(request_timeout=settings.timeout)
        self._patient = client.options(request_timeout=settings.write_timeout)
        self._breaker = CircuitBreaker()

    def ask(self, question: Callable[[Elasticsearch], Answer]) -> Answer:
        """Return the answer to a read; EngineUnavailable within the settings' `timeout` where there is none."""
        return self._asked(question, self._quick)

    def ask_patiently(self, question: Callable[[Elasticsearch], Answer]) -> Answer:
        """Return the answer to what may rightly take longer than a read; waits for `write_timeout`."""
        return self._asked(question, self._patient)

    @property
    def is_given_up(self) -> bool:
        """Return whether the cluster is not asked for the moment, as it has not answered."""
        return self._breaker.is_open

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def _asked(self, question: Callable[[Elasticsearch], Answer], client: Elasticsearch) -> Answer:
        self._breaker.check()
        try:
            answer = question(client)
        except ApiError as error:
            self._breaker.succeeded()
            own = translated(error)
            if own is None:
                raise
            raise own from error
        except UnsupportedProductError as error:
            raise _foreign() from error
        except TlsError as error:
            self._breaker.failed()
            raise _untrusted(error) from error
        except TransportError as error:
            self._breaker.failed()
            _LOG.warning("Elasticsearch does not answer: %s", error)
            raise away() from error
        self._breaker.succeeded()
        return answer


class _NamedRequests(Transport):
    """Tells the cluster which request of a client each of its own belongs to (`X-Opaque-Id`).

    Elasticsearch writes it into its slow and deprecation logs and shows it in its list of tasks.
    """

    def perform_request(self, method: str, target: str, **options: Any) -> Any:
        """Send a request with the id of the one that is being answered, where there is one."""
        if name := get_contextvars().get("request_id"):
            options["headers"] = {**(options.get("headers") or {}), "x-opaque-id": name}
        return super().perform_request(method, target, **options)


def open_client(settings: ElasticsearchSettings) -> Elasticsearch:
    """Return a client, which connects when it is first asked; StartupError where the settings contradict each other."""
    options: dict[str, Any] = {"cloud_id": settings.cloud_id} if settings.cloud_id else {"hosts": list(settings.urls)}
    if settings.api_key:
        options["api_key"] = settings.api_key
    elif settings.username:
        # Encoded here: the client itself takes ASCII alone, Elasticsearch takes UTF-8.
        proof = f"{settings.username}:{settings.password or ''}".encode()
        options["basic_auth"] = base64.b64encode(proof).decode("ascii")
    try:
        if settings.ca_file:
            settings.ca_file.read_bytes()  # the client itself would find out with the first request
            options["ca_certs"] = str(settings.ca_file)
        return Elasticsearch(
            **options,
            transport_class=_NamedRequests,
            serializers=SERIALIZERS,
            connections_per_node=_CONNECTIONS,
            request_timeout=settings.timeout,
            # Another node is asked where one cannot be reached; what a node has taken is never sent twice from here.
            max_retries=max(len(settings.urls) - 1, 0) if not settings.cloud_id else 0,
            retry_on_timeout=False,
            retry_on_status=(),
            max_dead_node_backoff=2.0,
        )
    except (ValueError, OSError) as error:
        raise StartupError(
            f"GISA_ELASTICSEARCH_* 설정으로 연결할 수 없습니다: {error}",
            f"The settings GISA_ELASTICSEARCH_* cannot be used: {error}",
        ) from error


def is_away(error: BaseException | None) -> bool:
    """Return whether an error's cause is that no connection came about, so that nothing can have been done."""
    return isinstance(error, NoConnection)


def _foreign() -> EngineUnavailable:
    return EngineUnavailable(
        "GISA_ELASTICSEARCH_URL의 서버는 Elasticsearch가 아닙니다. 주소를 확인하세요.",
        "The server at GISA_ELASTICSEARCH_URL is not Elasticsearch. Check the address.",
    )


def _untrusted(error: TlsError) -> EngineUnavailable:
    return EngineUnavailable(
        "Elasticsearch의 인증서를 믿을 수 없습니다. GISA_ELASTICSEARCH_CA_FILE이 그 인증 기관의 것인지, "
        f"GISA_ELASTICSEARCH_URL의 호스트 이름이 인증서에 있는지 확인하세요. ({error.message})",
        "The certificate of Elasticsearch cannot be trusted. Check that GISA_ELASTICSEARCH_CA_FILE is of its authority "
        f"and that the certificate has the host name of GISA_ELASTICSEARCH_URL. ({error.message})",
    )
