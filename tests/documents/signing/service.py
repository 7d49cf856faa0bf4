"""A signing service on this machine that behaves as the clients of BSrE's e-Sign service expect, well or badly."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.documents.signing import papers

from takar.documents.enums import SignatureMethod, SignedAs
from takar.documents.signing.validation import signatures_in

NIK, PASSPHRASE = "6311012345678901", "Rahasia-Sekali-42"


@dataclass
class Service:
    """`manner` is how it behaves; `asked` is what it was sent."""

    address: str = ""
    manner: str = "well"
    status: str = "ISSUE"
    signer: str = "Andi Saputra"
    office: str = "BSrE"
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def sign(self, pdf: bytes) -> bytes:
        keys = papers.pair(self.signer, self.office)
        if self.manner == "another document":
            pdf = papers.changed(pdf)
        if self.manner == "unsigned":
            return papers.annotated(pdf)
        signed = papers.signed(pdf, papers.ASSESSOR, SignedAs.ASSESSOR, keys)
        if self.manner == "twice":
            return papers.signed(signed, papers.EMPLOYEE, SignedAs.EMPLOYEE, keys)
        if self.manner == "rubbish":
            return pdf + b"rubbish"
        return signed


class Server(ThreadingHTTPServer):
    service: Service


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers["Content-Type"]
        self._answer(json.loads(body) if kind == "application/json" else _parts(kind, body))

    def _answer(self, given: dict[str, Any]) -> None:
        service = self.server.service
        service.asked.append((f"{self.command} {self.path}", {**given, "authorization": self.headers["Authorization"]}))
        if "status" in self.path:
            self._send(200, {"status_code": 1111, "status": service.status})
        elif service.manner == "hangs":
            time.sleep(1.5)
        elif service.manner == "refuses":
            self._send(400, {"error": "Sertifikat pengguna bermasalah", "status_code": 2000})
        elif "verify" in self.path:
            self._verify(given)
        elif given["passphrase"] != PASSPHRASE:
            self._send(400, {"error": "Passphrase anda salah", "status_code": 2031})
        elif self.path == "/api/sign/pdf":
            self._send(200, service.sign(given["file"]), id_dokumen="dok-7")
        else:
            signed = service.sign(base64.b64decode(given["file"][0]))
            self._send(200, {"time": 1, "file": [base64.b64encode(signed).decode()]})

    def _verify(self, given: dict[str, Any]) -> None:
        """As both versions answer: judged by the signatures that are in what was sent."""
        service, first = self.server.service, self.path == "/api/sign/verify"
        pdf = given["signed_file"] if first else base64.b64decode(given["file"])
        found = signatures_in(pdf, papers.anchors("BSrE", method=SignatureMethod.BSRE), papers.NOW)
        if service.manner == "rubbish":
            self._send(200, {"pesan": "halo"})
        elif first:
            details = [
                {
                    "info_signer": {"signer_name": one.name, "cert_user_certified": one.method is not None},
                    "signature_document": {"document_integrity": one.intact},
                }
                for one in found
            ]
            self._send(200, {"nama_dokumen": "dokumen.pdf", "jumlah_signature": len(found), "details": details})
        else:
            told = [
                {"signerName": one.name, "integrityValid": one.intact, "certificateTrusted": one.method is not None}
                for one in found
            ]
            self._send(200, {"conclusion": "VALID", "signatureCount": len(found), "signatureInformations": told})

    def _send(self, code: int, content: Any, **headers: str) -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(code)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running() -> Iterator[Service]:
    with Server(("127.0.0.1", 0), Handler) as server:
        server.service = Service(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.service
        finally:
            server.shutdown()
            thread.join()


def _parts(kind: str, body: bytes) -> dict[str, Any]:
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    found = {}
    for part in message.iter_parts():
        name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        found[str(name)] = content if part.get_filename() else content.decode()
    return found
