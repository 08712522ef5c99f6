"""Serves the files of a sample project as the tests ask for them, and prints its address: what .ci/release grades for its counts."""

import http.server
import pathlib
import sys

FOLDER = pathlib.Path(sys.argv[1])
FILES = {"/_api/server.js": "server.js", "/public/client.js": "public/client.js"}
ANSWERS = {path: (FOLDER / name).read_bytes() for path, name in FILES.items()}


class Project(http.server.BaseHTTPRequestHandler):
    """Connections are kept, as with Node."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self):
        body = ANSWERS.get(self.path)
        self.send_response(200 if body is not None else 404)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Type", "application/javascript; charset=UTF-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_):
        """Nothing is said about requests."""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


server = Server(("127.0.0.1", 0), Project)
print(f"http://127.0.0.1:{server.server_port}/", flush=True)
server.serve_forever()
