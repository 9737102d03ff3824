"""A peer on pyzmq. Its argument is a JSON object:

role     "server": lets in by pyzmq's authenticator whom "allow" names, tells
         its endpoint in a line, and sends every message back with the sender's
         user id before it, until the end of standard input
         "client": connects, tells in a line how the handshake ended, and if
         well sends "hello" and tells the answer in another line
options  of the socket, by name
"""
import json
import sys

import zmq
from zmq.auth.thread import ThreadAuthenticator
from zmq.utils.monitor import recv_monitor_message

PATIENCE = 30_000  # milliseconds after which a wait is a failure


def tell(what):
    print(json.dumps(what), flush=True)


def server(context, socket, config):
    auth = ThreadAuthenticator(context)
    auth.start()
    allow = config["allow"]
    if "passwords" in allow:
        auth.configure_plain(domain="*", passwords=allow["passwords"])
    if "folder" in allow:
        auth.configure_curve(domain="*", location=allow["folder"])
    if "addresses" in allow:
        auth.allow(*allow["addresses"])
    socket.bind("tcp://127.0.0.1:*")
    tell(socket.getsockopt(zmq.LAST_ENDPOINT).rstrip(b"\0").decode())
    poller = zmq.Poller()
    poller.register(socket, zmq.POLLIN)
    poller.register(sys.stdin.fileno(), zmq.POLLIN)
    while True:
        ready = dict(poller.poll(PATIENCE))
        if not ready or sys.stdin.fileno() in ready:
            break
        frame = socket.recv(copy=False)
        try:
            user = frame.get("User-Id")
        except zmq.ZMQError:
            user = ""
        socket.send_multipart([user.encode(), frame.bytes])
    auth.stop()


def client(context, socket, config):
    monitor = socket.get_monitor_socket()
    monitor.rcvtimeo = PATIENCE
    socket.connect(config["endpoint"])
    while True:
        event = recv_monitor_message(monitor)
        if event["event"] == zmq.EVENT_HANDSHAKE_SUCCEEDED:
            tell("in")
            socket.send(b"hello")
            tell([f.decode() for f in socket.recv_multipart()])
            break
        if event["event"] == zmq.EVENT_HANDSHAKE_FAILED_AUTH:
            tell("refused %d" % event["value"])
            break
    socket.disable_monitor()


def main():
    config = json.loads(sys.argv[1])
    context = zmq.Context()
    socket = context.socket(zmq.DEALER)
    socket.linger, socket.sndtimeo, socket.rcvtimeo = 0, PATIENCE, PATIENCE
    for name, value in config.get("options", {}).items():
        socket.setsockopt(getattr(zmq, name), value.encode() if isinstance(value, str) else value)
    {"server": server, "client": client}[config["role"]](context, socket, config)
    socket.close()
    context.term()


main()
