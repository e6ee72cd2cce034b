"""An OpenID Connect provider on loopback: whoever comes is signed in as `claims` says.

Discovery, authorisation code, token and keys, as OpenID Connect Core 1.0 has them.
"""

from __future__ import annotations

import json
import secrets
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "raadsvar", "a-client-secret"


class Provider(ThreadingHTTPServer):
    """Signs in the person of `claims`; `age` is how many seconds ago."""

    def __init__(self) -> None:
        super().__init__(("localhost", 0), _Handler)
        self.key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
        self.issuer = f"http://localhost:{self.server_port}"
        self.nonces: dict[str, str] = {}
        self.claims: dict[str, Any] = {}
        self.age = 0.0

    def secrets_toml(self, closed: str = "") -> str:
        """The app's `.streamlit/secrets.toml` for this provider."""
        return f"""
[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "{secrets.token_urlsafe(32)}"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{self.issuer}/.well-known/openid-configuration"

[raadsvar]
closed = ["{closed}"]
"""

    def token(self, code: str) -> dict[str, Any]:
        """The answer to a code given back."""
        now = int(time.time() - self.age)
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": int(time.time()) + 600,
                  "nonce": self.nonces.pop(code), **self.claims}  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.key)
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": token}


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        issuer = self.server.issuer
        if url.path == "/.well-known/openid-configuration":
            self._json({
                "issuer": issuer, "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token", "jwks_uri": f"{issuer}/keys",
                "response_types_supported": ["code"], "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
            })  # fmt: skip
        elif url.path == "/keys":
            self._json({"keys": [self.server.key.as_dict(private=False)]})
        else:
            assert url.path == "/authorize" and asked["client_id"] == CLIENT
            code = secrets.token_urlsafe(8)
            self.server.nonces[code] = asked["nonce"]
            back = urlencode({"code": code, "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        told = {name: values[0] for name, values in parse_qs(body).items()}
        basic = self.headers.get("Authorization", "").removeprefix("Basic ")
        assert b64decode(basic).decode() == f"{CLIENT}:{SECRET}"
        self._json(self.server.token(told["code"]))

    def _json(self, content: object) -> None:
        data = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def identities() -> Iterator[Provider]:
    """Serve a provider."""
    with Provider() as provider:
        Thread(target=provider.serve_forever, daemon=True).start()
        yield provider
        provider.shutdown()
