"""The plain HTTP/1.1 server under each Python peer: it reads the raw body, and leaves every decision to its handler.

Nothing here is hardened: what a handler raises ends the connection without an answer, as `http.server` does.
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def read_body(request):
    """Gives the bytes of the body, by its length or its chunks."""
    if "chunked" not in request.headers.get("Transfer-Encoding", ""):
        return request.rfile.read(int(request.headers.get("Content-Length", 0)))
    body = b""
    while size := int(request.rfile.readline().split(b";")[0], 16):
        body += request.rfile.read(size)
        request.rfile.readline()
    while request.rfile.readline() not in (b"\r\n", b"\n", b""):
        pass
    return body


def serve(path, handle):
    """Serves POST requests to a path until standard input is closed.

    `handle` takes the raw body and the headers, and gives a status and a value to send as JSON.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one segment an answer
        disable_nagle_algorithm = True

        def do_POST(self):
            body = read_body(self)
            if self.path.partition("?")[0] != path:
                status, value = 404, {"error": "not found"}
            else:
                status, value = handle(body, self.headers)
            answer = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *arguments):
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 64  # sixteen copies of a request come at once; five places would make some wait a second

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
