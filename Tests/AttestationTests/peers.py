"""What securesystemslib and in-toto-attestation say of signed statements, and statements signed by them.

usage: peers.py believe ENVELOPE PUBLIC_KEY    prints the result and the subject, or refused
       peers.py damage ENVELOPE PUBLIC_KEY     changes every byte, and prints how many were believed
                                               although something else was signed, of how many
       peers.py sign ENVELOPE PUBLIC_KEY       makes a key, signs a statement and writes both
       peers.py key PUBLIC_KEY                 prints the key's id
"""
import json
import sys

import google.protobuf.json_format as protobuf
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from in_toto_attestation.predicates.test_result.v0 import test_result_pb2
from in_toto_attestation.predicates.vsa.v1 import vsa_pb2
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner, SSlibKey

TYPE = "application/vnd.in-toto+json"
PREDICATES = {
    "https://in-toto.io/attestation/test-result/v0.1": test_result_pb2.TestResult,
    "https://slsa.dev/verification_summary/v1": vsa_pb2.VerificationSummary,
}


def read_key(path):
    with open(path, "rb") as file:
        return SSlibKey.from_crypto(load_pem_public_key(file.read()))


def verified(data, key):
    """The envelope of a text, whose signature is the key's."""
    envelope = Envelope.from_dict(json.loads(data))
    envelope.verify([key], 1)
    if envelope.payload_type != TYPE:
        raise ValueError("another type")
    return envelope


def believe(data, key):
    payload = json.loads(verified(data, key).payload)
    # What in-toto's schemas don't know is passed over, as in-toto asks of whoever reads.
    statement = protobuf.ParseDict(payload, statement_pb2.Statement(), ignore_unknown_fields=True)
    Statement.copy_from_pb(statement).validate()
    predicate = PREDICATES[statement.predicate_type]()
    # The schema has one level where the specification has a list of them.
    levels = payload["predicate"].pop("verifiedLevels", [])
    if not all(isinstance(level, str) for level in levels):
        raise ValueError("levels")
    protobuf.ParseDict(payload["predicate"], predicate, ignore_unknown_fields=True)
    result = getattr(predicate, "result", "") or getattr(predicate, "verification_result", "")
    return f"{result} {statement.subject[0].digest['sha256']}"


def damage(data, key):
    """Each byte becomes another one; what is believed nevertheless must say the same."""
    good = verified(data, key)
    tried = wrong = 0
    for place in range(len(data)):
        for change in (1, 32, 128):
            changed = bytearray(data)
            changed[place] ^= change
            tried += 1
            try:
                found = verified(bytes(changed), key)
            except Exception:
                continue
            wrong += (found.payload, found.payload_type) != (good.payload, good.payload_type)
    return f"{wrong} {tried}"


def sign(path, key_path):
    signer = CryptoSigner.generate_ed25519()
    statement = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "image", "digest": {"sha256": "ab" * 32, "sha512": "cd" * 64}}],
        "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
        "predicate": {
            "result": "WARNED",
            "configuration": [{"name": "suite", "digest": {"sha256": "ef" * 32}}],
            "passedTests": ["a", "b"],
            "warnedTests": ["c"],
        },
    }
    payload = json.dumps(statement, indent=1).encode()
    envelope = Envelope(payload, TYPE, {})
    envelope.sign(signer)
    with open(path, "w") as file:
        json.dump(envelope.to_dict(), file, indent=2)
    with open(key_path, "w") as file:
        file.write(signer.public_key.keyval["public"])
    return signer.public_key.keyid


def main(command, path, key_path=None):
    if command == "sign":
        return sign(path, key_path)
    if command == "key":
        return read_key(path).keyid
    with open(path, "rb") as file:
        data = file.read()
    try:
        return {"believe": believe, "damage": damage}[command](data, read_key(key_path))
    except Exception as error:
        return f"refused: {type(error).__name__}"


print(main(*sys.argv[1:]))
