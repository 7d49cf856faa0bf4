"""What a worker of `takar serve` loads: the application, deaf to Ctrl+C.

Ctrl+C reaches every process of a terminal at once. The main process answers it and then tells its workers to end; one
that hears both stands still for ever.
"""

import signal

from config.wsgi import application

__all__ = ["application"]

if hasattr(signal, "pthread_sigmask"):
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
