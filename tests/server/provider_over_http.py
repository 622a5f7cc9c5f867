"""The fake provider behind a port of this machine, as the portal's own process meets it."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
from fake_provider import CLIENT, FakeProvider


class ProviderOverHttp(FakeProvider):
    def __init__(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                length = int(self.headers.get("Content-Length", 0))
                asked = httpx.Request(
                    self.command,
                    f"http://127.0.0.1{self.path}",
                    headers=dict(self.headers),
                    content=self.rfile.read(length),
                )
                try:
                    answer = provider.answer(asked)
                except httpx.ConnectError:
                    answer = httpx.Response(503)
                self.send_response(answer.status_code)
                self.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_words):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        super().__init__(issuer=f"http://127.0.0.1:{self._server.server_port}", client=CLIENT)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()
