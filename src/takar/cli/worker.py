"""What a worker of `takar serve` loads: the application, deaf to Ctrl+C, and gone when the server is.

Ctrl+C reaches every process of a terminal at once. The main process answers it and then tells its workers to end; one
that hears both stands still for ever. A main process that is killed tells nobody: its workers would go on holding the
port, and the next start would find it taken.
"""

import signal
import threading

from config.wsgi import application
from takar.cli.supervisor import end_with_the_server, name_process

__all__ = ["application"]

name_process("takar-web")
if hasattr(signal, "pthread_sigmask"):
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
threading.Thread(target=end_with_the_server, daemon=True).start()
