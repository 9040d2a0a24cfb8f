"""Reads and writes Parquet files under modular encryption with pyarrow and a secret; nothing of Quern.

usage: encrypted_parquet.py FILE SECRET                     prints the rows of a file of Quern as JSON
       encrypted_parquet.py write FORM FILE SECRET          writes a file for Quern to read
FORM is once or twice (how often data keys are wrapped), or plain (the secret is the footer's key).
The master key is HKDF-SHA-256 of the secret; data keys are wrapped by
AES-256-GCM in Tink's form: 1, four bytes of key id, twelve of nonce, ciphertext and tag.
"""

import base64
import hashlib
import hmac
import json
import os
import sys
from datetime import timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CONTEXT = b"quern parquet data key 1"


def derived(secret: bytes, what: bytes) -> bytes:
    extracted = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    return hmac.new(extracted, b"quern derived 1 aead " + what + b"\x01", hashlib.sha256).digest()


class Client(pe.KmsClient):
    def __init__(self, config):
        super().__init__()
        secret = config.custom_kms_conf["secret"].encode()
        self.key = AESGCM(derived(secret, b"key"))
        self.id = bytes([derived(secret, b"id")[0] & 0x7F]) + derived(secret, b"id")[1:4]

    def wrap_key(self, key_bytes, master_key_identifier):
        nonce = os.urandom(12)
        wrapped = self.key.encrypt(nonce, key_bytes, CONTEXT)
        return base64.b64encode(b"\x01" + self.id + nonce + wrapped).decode()

    def unwrap_key(self, wrapped_key, master_key_identifier):
        wrapped = base64.b64decode(wrapped_key)
        expected = master_key_identifier.rsplit("@", 1)[1]
        if wrapped[0] != 1 or wrapped[1:5].hex() != expected:
            raise ValueError("data key must be wrapped by the key it names")
        return self.key.decrypt(wrapped[5:17], wrapped[17:], CONTEXT)


def properties(form: str, secret: str):
    if form == "plain":
        return pe.create_encryption_properties(footer_key=secret.encode())
    config = pe.EncryptionConfiguration(
        footer_key="people",
        column_keys={"people": ["who"]},
        plaintext_footer=form == "twice",
        double_wrapping=form == "twice",
        data_key_length_bits=256,
        cache_lifetime=timedelta(minutes=5),
    )
    kms = pe.KmsConnectionConfig(custom_kms_conf={"secret": secret})
    return pe.CryptoFactory(Client).file_encryption_properties(kms, config)


def write(form: str, path: str, secret: str) -> None:
    table = pa.table({"who": ["ann", "李雷", None], "age": [7, 8, 9]})
    keys = properties(form, secret)
    with pq.ParquetWriter(path, table.schema, encryption_properties=keys) as writer:
        writer.write_table(table)


def read(path: str, secret: str) -> None:
    factory = pe.CryptoFactory(Client)
    config = pe.KmsConnectionConfig(custom_kms_conf={"secret": secret})
    keys = factory.file_decryption_properties(config)
    table = pq.ParquetFile(path, decryption_properties=keys).read()
    names = [name for name in table.column_names if not name.startswith("_")]
    print(json.dumps(table.select(names).to_pylist(), ensure_ascii=False))


if sys.argv[1] == "write":
    write(*sys.argv[2:])
else:
    read(*sys.argv[1:])
