"""A sound endpoint for GitHub's scheme that keeps connections and answers in one write, or in two as many servers do.

    endpoint.py one|two SECRET
"""
import hashlib
import hmac
import socketserver
import sys

mode, secret = sys.argv[1], sys.argv[2].encode()


class Handler(socketserver.StreamRequestHandler):
    wbufsize = 0

    def handle(self):
        while self.answer():
            pass

    def answer(self):
        line = self.rfile.readline(65536)
        if not line:
            return False
        method, _, version = (line.split(b" ") + [b"", b""])[:3]
        lines = []
        while (header := self.rfile.readline(65536)) not in (b"\r\n", b"\n", b""):
            lines.append(header)
        named = {}
        for header in lines:
            name, _, value = header.partition(b":")
            named.setdefault(name.strip().lower(), []).append(value.strip())
        if b"chunked" in b"".join(named.get(b"transfer-encoding", [])).lower():
            body = b""
            while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int((named.get(b"content-length") or [b"0"])[0]))
        given = named.get(b"x-hub-signature-256", [])
        right = b"sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest().encode()
        accepted = method == b"POST" and len(given) == 1 and hmac.compare_digest(given[0], right)
        text = b"ok" if accepted else b"refused"
        head = b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n" % (200 if accepted else 401, len(text))
        if mode == "two":
            self.connection.sendall(head)
            self.connection.sendall(text)
        else:
            self.connection.sendall(head + text)
        return True


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


with Server(("127.0.0.1", 0), Handler) as server:
    print(f"http://127.0.0.1:{server.server_address[1]}/webhook", flush=True)
    server.serve_forever()
