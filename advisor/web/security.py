"""Security headers on every answer, whoever made it: pages, files, errors, redirects.

Pure ASGI, outermost of all. Knows nothing of what is served.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""Where each kind of thing on a page may come from: from this site or from nowhere."""

UNUSED_FEATURES = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
"""What a browser could do for a page, and these pages never ask for."""

EMBEDDING = "Cross-Origin-Resource-Policy"
"""Who may show an answer on a page of theirs: the one header that an answer can set itself."""

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{kind} {origin}" for kind, origin in POLICY.items()),
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    EMBEDDING: "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES),
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}

NOT_STORED = "no-store"
"""How answers are cached that do not say it themselves."""


class SecurityHeaders:
    """Sets the headers on whatever the application inside answers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add to the answer's headers."""

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    if name != EMBEDDING or name not in headers:
                        headers[name] = value
                headers.setdefault("Cache-Control", NOT_STORED)
            await send(message)

        await self.app(scope, receive, send_secured)
