"""Reads a Parquet file that Quern encrypted by field, with pyarrow and the secret; nothing of Quern.

usage: encrypted_parquet.py FILE SECRET
prints the rows as JSON. The master key is HKDF-SHA-256 of the secret; data keys are wrapped by
AES-256-GCM in Tink's form: 1, four bytes of key id, twelve of nonce, ciphertext and tag.
"""

import base64
import hashlib
import hmac
import json
import sys

import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CONTEXT = b"quern parquet data key 1"


def master_key(secret: bytes) -> bytes:
    extracted = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    info = b"quern derived 1 aead key"
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()


class Unwrapper(pe.KmsClient):
    def __init__(self, config):
        super().__init__()
        self.key = AESGCM(master_key(config.custom_kms_conf["secret"].encode()))

    def wrap_key(self, key_bytes, master_key_identifier):
        raise NotImplementedError("this client only reads")

    def unwrap_key(self, wrapped_key, master_key_identifier):
        wrapped = base64.b64decode(wrapped_key)
        expected = master_key_identifier.rsplit("@", 1)[1]
        if wrapped[0] != 1 or wrapped[1:5].hex() != expected:
            raise ValueError("data key must be wrapped by the key it names")
        return self.key.decrypt(wrapped[5:17], wrapped[17:], CONTEXT)


def main(path: str, secret: str) -> None:
    factory = pe.CryptoFactory(Unwrapper)
    config = pe.KmsConnectionConfig(custom_kms_conf={"secret": secret})
    keys = factory.file_decryption_properties(config)
    table = pq.ParquetFile(path, decryption_properties=keys).read()
    names = [name for name in table.column_names if not name.startswith("_")]
    print(json.dumps(table.select(names).to_pylist(), ensure_ascii=False))


main(*sys.argv[1:])
