"""Python's own http.server: head and body of an answer go out in two writes."""
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from verify import verify


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        length = self.headers.get_all("Content-Length", [])
        if len(length) != 1 or not length[0].isdecimal() or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            return self.answer(411)
        body = self.rfile.read(int(length[0]))
        if self.path.partition("?")[0] != "/webhook":
            return self.answer(404)
        timestamp = ",".join(self.headers.get_all("X-Slack-Request-Timestamp", []))
        signature = ",".join(self.headers.get_all("X-Slack-Signature", []))
        self.answer(200 if verify(body, timestamp, signature) else 401)

    def answer(self, status):
        text = b"ok" if status == 200 else b"refused"
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
