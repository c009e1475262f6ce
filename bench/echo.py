"""A server that does nothing: constant responses of a given size, to measure the load generator's own ceiling."""

import selectors
import socket
import sys


def main(arguments: list[str]) -> None:
    port, size = int(arguments[0]), int(arguments[1])
    response = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size + b"x" * size
    selector = selectors.DefaultSelector()
    with socket.create_server(("127.0.0.1", port), backlog=128) as listener:
        selector.register(listener, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is listener:
                    client, _ = listener.accept()
                    selector.register(client, selectors.EVENT_READ, client)
                elif not _answered(key.data, response):
                    selector.unregister(key.data)
                    key.data.close()


def _answered(client: socket.socket, response: bytes) -> bool:
    """Take a request and answer it; False when the client has gone, maybe in the middle of a response."""
    try:
        if not client.recv(65536):
            return False
        client.sendall(response)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
