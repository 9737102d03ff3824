"""A ZeroMQ peer on pyzmq that does what the lines of its standard input say.

A line is a JSON object, and gets one line of JSON in answer: {"ok": ...} or
{"error": ...}. Frames are base64, messages are lists of frames. Sockets are
known by the numbers that the other side gives them.
"""
import base64
import json
import sys

import zmq

PATIENCE = 30_000  # milliseconds after which a wait is a failure

context = zmq.Context()
sockets = {}


def decode(messages):
    return [[base64.b64decode(f) for f in m] for m in messages]


def encode(messages):
    return [[base64.b64encode(f).decode() for f in m] for m in messages]


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
    for m in decode(c["messages"]):
        sockets[c["socket"]].send_multipart(m)


def do_recv(c):
    s = sockets[c["socket"]]
    return encode([s.recv_multipart() for _ in range(c["count"])])


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
    answers = []
    for m in decode(c["messages"]):
        s.send_multipart(m)
        answers.append(s.recv_multipart())
    return encode(answers)


def do_close(c):
    sockets.pop(c["socket"]).close()


def main():
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = {"ok": globals()["do_" + command["do"]](command)}
        except Exception as e:
            answer = {"error": f"{type(e).__name__}: {e}"}
        print(json.dumps(answer), flush=True)
    context.destroy(linger=0)


main()
