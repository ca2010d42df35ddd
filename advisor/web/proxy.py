"""Where a request was really made: by which host and scheme, below which path, behind a proxy."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware


class BehindProxy(ProxyHeadersMiddleware):
    """Lets everything inside see the request as its sender made it, and the site at its root.

    Of proxies that are trusted, Uvicorn's class believes scheme and client, and this one the host.
    The path below which the site lives may have been taken off by the proxy, or not; addresses to
    which a browser is sent on begin with it. Those on pages do so by `Renderer.render`.
    """

    def __init__(self, app: ASGIApp, proxies: str, root_path: str) -> None:
        """Surround an application; proxies are addresses and networks, `10.0.0.0/8,127.0.0.1`."""
        super().__init__(app, trusted_hosts=proxies)  # type: ignore[arg-type]
        self.root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # type: ignore[override]
        """Pass a request on as it was made, and redirects back below the path."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)  # type: ignore[arg-type]
            return
        root, path = self.root_path, scope["path"]
        if path == root or path.startswith(f"{root}/"):
            path = path.removeprefix(root) or "/"
        # Starlette's own word for the path that links to the whole application begin with.
        scope = {**scope, "path": path, "app_root_path": root}
        told = Headers(scope=scope).get("x-forwarded-host", "")
        if told and (scope["client"] or [""])[0] in self.trusted_hosts:
            scope["headers"] = list(scope["headers"])
            # Of several, the last was written by the proxy that is trusted.
            MutableHeaders(scope=scope)["host"] = told.rpartition(",")[2].strip()

        async def send_below(message: Message) -> None:
            if root and message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("location", "").startswith("/"):
                    headers["location"] = root + headers["location"]
            await send(message)

        await super().__call__(scope, receive, send_below)  # type: ignore[arg-type]
