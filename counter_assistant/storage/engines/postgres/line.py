"""连服务器的线路为什么没有接受：没有加密，证书不是认得的 CA 签的，名字不对，过期了，或者找不到 CA 的文件。

libpq says it in a sentence of its own language and without a SQLSTATE. So the server is asked once more, as libpq asks it (SSLRequest,
https://www.postgresql.org/docs/15/protocol-flow.html), and the certificate is held against the same CA and name. No user and no password are sent.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.postgres import driver
from counter_assistant.storage.engines.postgres.driver import ERRORS, Handle, Reached, is_of_connection

SYSTEM = "system"
"""What libpq calls the CAs that the system knows."""
VERIFIED = "verify-full"
"""How a line that leaves the PC is kept: encrypted, and the server's certificate is of a CA that is known and of that name."""
CODE = "hall-certificate"
_ASK_FOR_TLS = struct.pack("!ii", 8, 80877103)
_PORT = 5432
_EXPIRED, _ANOTHER_NAME, _ANOTHER_ADDRESS = 10, 62, 64
"""X509_V_ERR_CERT_HAS_EXPIRED, …_HOSTNAME_MISMATCH, …_IP_ADDRESS_MISMATCH of OpenSSL's x509_vfy.h."""


def connected(address: Reached, *, patience: float, waited: Callable[[float], object] | None = None) -> Handle:
    """A connection to a server. `patience` is how long, in seconds, it is waited for; `waited` is told of it, as `Handle.waited`.

    Raises:
        Refusal: `hall-certificate`: who answers there is not known to be that server, and has been told nothing.
        psycopg.Error: it does not answer, or lets nobody in with that.
    """
    handle = driver.handle(address, patience=patience)
    handle.waited = waited
    try:
        handle.connect()
    except ERRORS as error:
        if is_of_connection(error) and (refusal := refusal_of_line(driver.fields_of(address.server), patience)):
            raise refusal from error
        raise
    return handle


def refusal_of_line(fields: dict[str, str], patience: float) -> Refusal | None:
    """Why a server is not taken for the one that an address names; None where the line is not to be verified, nobody answers, or all is well."""
    host, root = fields.get("host", "").partition(",")[0], fields.get("sslrootcert", SYSTEM)
    if fields.get("sslmode") != VERIFIED or not host or host.startswith("/"):
        return None
    if root != SYSTEM and not Path(root).is_file():
        return _refusal(
            f"找不到核对台账服务器用的 CA 文件：{root}。",
            "请把管理员给的 CA 文件放在那里，或者改地址里的 sslrootcert。",
        )
    where = fields.get("hostaddr", "").partition(",")[0] or host
    try:
        with socket.create_connection((where, int(fields.get("port") or _PORT)), patience) as line:
            return _of_answer(line, host, root)
    except (OSError, ValueError):
        return None


def _of_answer(line: socket.socket, host: str, root: str) -> Refusal | None:
    line.sendall(_ASK_FOR_TLS)
    if line.recv(1) != b"S":
        return _refusal("台账服务器没有开加密（TLS），没有连。", "请服务器的管理员打开 ssl，装上证书。")
    try:
        import ssl
    except ImportError:  # a Python without TLS asks no more; the line of libpq has its own
        return None
    try:
        context = ssl.create_default_context(cafile=None if root == SYSTEM else root)
    except ssl.SSLError:
        return _refusal(f"核对台账服务器用的 CA 文件读不出：{root}。", "请向服务器的管理员要一份新的 CA 文件。")
    try:
        context.wrap_socket(line, server_hostname=host).close()
    except ssl.SSLCertVerificationError as error:
        return _of_certificate(error.verify_code, host)
    return None


def _of_certificate(code: int, host: str) -> Refusal:
    if code in (_ANOTHER_NAME, _ANOTHER_ADDRESS):
        return _refusal(
            f"台账服务器的证书不是“{host}”的，没有连。",
            "请核对地址里的服务器名；名字没有错的，不要输密码，请联系服务器的管理员。",
        )
    if code == _EXPIRED:
        return _refusal("台账服务器的证书过期了，没有连。", "请核对本机的日期；日期没有错的，请服务器的管理员换证书。")
    return _refusal(
        "台账服务器的证书不是认得的 CA 签的，没有连。",
        "请向服务器的管理员要本单位的 CA 文件，在地址里写 sslrootcert=文件；已经写了的，不要输密码，请联系他。",
    )


def _refusal(sentence: str, remedy: str) -> Refusal:
    return Refusal(CODE, sentence, remedy)
