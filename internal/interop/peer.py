"""A ZeroMQ peer on pyzmq that does what the lines of its standard input say.

A line is a JSON object, and gets one line of JSON in answer: {"ok": ...} or
{"error": ...}. Messages follow their line as plain bytes; "sizes" in the line
has a list for each message, of the sizes of its frames. Sockets are known by the
numbers that the other side gives them.
"""
import base64
import json
import sys

import zmq
from zmq.auth.thread import ThreadAuthenticator

PATIENCE = 30_000  # milliseconds after which a wait is a failure

context = zmq.Context()
sockets = {}


class Messages(list):
    """An answer whose bytes follow its line."""


def read(sizes):
    return [[sys.stdin.buffer.read(n) for n in m] for m in sizes]


def do_socket(c):
    s = context.socket(getattr(zmq, c["type"]))
    s.linger, s.sndtimeo, s.rcvtimeo = 0, PATIENCE, PATIENCE
    for name, value in c["options"]:
        if isinstance(value, str):
            value = base64.b64decode(value)
        s.setsockopt(getattr(zmq, name), value)
    sockets[c["socket"]] = s


def do_bind(c):
    s = sockets[c["socket"]]
    s.bind(c["endpoint"])
    return s.getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode()


def do_connect(c):
    sockets[c["socket"]].connect(c["endpoint"])


def do_send(c):
    for m in c["messages"]:
        sockets[c["socket"]].send_multipart(m)


def do_recv(c):
    s = sockets[c["socket"]]
    return Messages(s.recv_multipart() for _ in range(c["count"]))


def do_poll(c):
    """Whether a message comes within c["timeout"] ms."""
    return bool(sockets[c["socket"]].poll(c["timeout"]))


def do_echo(c):
    s = sockets[c["socket"]]
    for _ in range(c["count"]):
        s.send_multipart(s.recv_multipart())


def do_ask(c):
    """Sends each message and waits for its answer before the next."""
    s = sockets[c["socket"]]
    answers = Messages()
    for m in c["messages"]:
        s.send_multipart(m)
        answers.append(s.recv_multipart())
    return answers


def do_version(c):
    return zmq.zmq_version()


def do_close(c):
    sockets.pop(c["socket"]).close()


def main():
    # Who may come in where the socket asks: this user, and any CURVE client.
    authenticator = ThreadAuthenticator(context)
    authenticator.start()
    authenticator.configure_plain(domain="global", passwords={"alice": "secret"})
    authenticator.configure_curve(domain="*", location=zmq.auth.CURVE_ALLOW_ANY)
    out = sys.stdout.buffer
    for line in sys.stdin.buffer:
        command = json.loads(line)
        command["messages"] = read(command["sizes"])
        frames = []
        try:
            answer = {"ok": globals()["do_" + command["do"]](command)}
            if isinstance(answer["ok"], Messages):
                messages = answer.pop("ok")
                answer["sizes"] = [[len(f) for f in m] for m in messages]
                frames = [f for m in messages for f in m]
        except Exception as e:
            answer = {"error": f"{type(e).__name__}: {e}"}
        out.write(json.dumps(answer).encode() + b"\n" + b"".join(frames))
        out.flush()
    authenticator.stop()
    context.destroy(linger=0)


main()
