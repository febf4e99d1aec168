"""The key file: which names stand behind the pseudonyms, locked with a passphrase and kept apart from the study.

A file is a header, the content as JSON under AES-256-GCM with the header as associated data, and a SHA-256 of both,
which tells a damaged file from a wrong passphrase. The key comes from the passphrase by Argon2id with a new salt at
every save; three passes over 64 MiB cost a guess about half a second.
"""

from __future__ import annotations

import json
import os
import struct
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from qcode.deidentification.values import Entity, Place
from qcode.errors import QcodeError
from qcode.files import WritingNotPermittedError, read_file, write_file

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SHORTEST_PASSPHRASE: Final = 12
"""Characters; four or five ordinary words are as good as eight odd characters and longer to guess."""

_MAGIC: Final = b"qcodekey"
_VERSION: Final = 1
_HEADER: Final = struct.Struct(">8sBBBI16s12s")  # magic, version, passes, lanes, memory in KiB, salt, nonce
_SUM: Final = 32
_PASSES, _LANES, _MEMORY = 3, 4, 64 * 1024
_MOST_PASSES, _MOST_LANES, _MOST_MEMORY = 20, 16, 1024 * 1024
_LARGEST: Final = 64_000_000
_SYNCED: Final = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud",
    "mobile documents",
    "nextcloud",
    "owncloud",
    "pcloud",
)


class NotAKeyFileError(QcodeError):
    """The file was never a key file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” is no key file. Choose the file that was made when the names were first kept.")


class KeyFileDamagedError(QcodeError):
    """The file is cut or altered."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” is damaged or was only partly copied. Open a copy of it; the study needs no key."
        )


class KeyFileTooNewError(QcodeError):
    """A newer qcode wrote the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” was written by a newer qcode. Update qcode to open it; the file is unchanged.")


class WrongPassphraseError(QcodeError):
    """The passphrase does not open the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"This passphrase does not open “{path.name}”. Look for capitals and spaces, and try again.")


class PassphraseTooShortError(QcodeError):
    """The passphrase is too easily guessed."""

    def __init__(self) -> None:
        super().__init__(
            f"A passphrase has at least {SHORTEST_PASSPHRASE} characters. "
            "Take four or five words that nobody would put together."
        )


class KeyFileExistsError(QcodeError):
    """A new key file would replace another file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is a file “{path.name}” already. Open it, or choose another name for the new key.")


class KeyBesideStudyError(QcodeError):
    """The key would lie where the study lies."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” would lie in the folder of the study, so that who gets the study gets the names. "
            "Choose a folder elsewhere."
        )


class KeyInSyncedFolderError(QcodeError):
    """The key would be copied to other computers."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” would lie in a folder that is copied to other computers, with all its older versions. "
            "Choose another folder."
        )


@dataclass(frozen=True, slots=True)
class Contact:
    """How a participant can be reached, if the team keeps that at all."""

    participant: str
    contact: str


@dataclass(frozen=True, slots=True)
class Key:
    """What the key file holds: the names behind the replacements, and until when it may be kept.

    `names` is the team's own list; `entities` also remember what is not an identifier. `created` and `changed` are
    moments with their time zone, `by` who changed it last.
    """

    created: datetime
    changed: datetime
    by: str
    entities: tuple[Entity, ...] = ()
    names: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    destroy_by: date | None = None


def create_key(path: Path, key: Key, passphrase: str, *, study: Path | None = None, confirmed: bool = False) -> None:
    """Make a new key file, away from the study and from folders that are synchronised unless that is confirmed.

    Raises:
        KeyFileExistsError, KeyBesideStudyError, KeyInSyncedFolderError, PassphraseTooShortError, and what `write_file`
        raises.
    """
    if path.exists():
        raise KeyFileExistsError(path)
    if not confirmed:
        refuse_bad_place(path, study)
    save_key(path, key, passphrase)


def refuse_bad_place(path: Path, study: Path | None) -> None:
    """Say no to a place where the key would travel with the study.

    Raises:
        KeyBesideStudyError, KeyInSyncedFolderError.
    """
    folder = path.resolve().parent
    if study is not None and folder.is_relative_to(study.resolve().parent):
        raise KeyBesideStudyError(path)
    if any(part.lower().startswith(_SYNCED) for part in folder.parts):
        raise KeyInSyncedFolderError(path)


def save_key(path: Path, key: Key, passphrase: str) -> None:
    """Write the key, locked anew, in the place of what was there; names are never on the disk unlocked.

    Raises:
        PassphraseTooShortError, and what `write_file` raises: the old file stands then.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShortError
    salt, nonce = os.urandom(16), os.urandom(12)
    header = _HEADER.pack(_MAGIC, _VERSION, _PASSES, _LANES, _MEMORY, salt, nonce)
    lock = _lock(passphrase, salt, _PASSES, _LANES, _MEMORY)
    locked = header + lock.encrypt(nonce, _written(key), header)
    write_file(path, locked + sha256(locked).digest())


def open_key(path: Path, passphrase: str) -> Key:
    """What the key file holds.

    Raises:
        NotAKeyFileError, KeyFileDamagedError, KeyFileTooNewError, WrongPassphraseError, and what `read_file` raises.
    """
    from cryptography.exceptions import InvalidTag

    data = read_file(path, limit=_LARGEST)
    _refuse_strange(path, data)
    header, locked = data[: _HEADER.size], data[_HEADER.size : -_SUM]
    _magic, _version, passes, lanes, memory, salt, nonce = _HEADER.unpack(header)
    if not (1 <= passes <= _MOST_PASSES and 1 <= lanes <= _MOST_LANES and 8 * lanes <= memory <= _MOST_MEMORY):
        raise KeyFileDamagedError(path)
    try:
        return _read(_lock(passphrase, salt, passes, lanes, memory).decrypt(nonce, locked, header))
    except InvalidTag:
        raise WrongPassphraseError(path) from None
    except (ValueError, KeyError, TypeError):
        raise KeyFileDamagedError(path) from None


def change_passphrase(path: Path, old: str, new: str) -> None:
    """Lock the key with another passphrase; copies made before still open with the old one.

    Raises:
        what `open_key` and `save_key` raise: the file is as it was then.
    """
    key = open_key(path, old)
    save_key(path, key, new)


def destroy_key(path: Path) -> None:
    """Overwrite the file and delete it; copies, and what a disk keeps of old blocks, are beyond reach.

    Raises:
        WritingNotPermittedError: nothing was changed; and what `read_file` raises.
    """
    length = len(read_file(path, limit=_LARGEST))
    try:
        with path.open("r+b") as file:
            file.write(os.urandom(length))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except OSError:
        raise WritingNotPermittedError(path) from None


def bits(passphrase: str) -> int:
    """A low estimate of how many bits a guesser has to find: 11 for a word, 4 for any other character, none twice."""
    words = [word for word in passphrase.split() if len(word) > 2 and word.isalpha()]
    if len(words) > 1:
        return 11 * len(set(words)) + 4 * sum(not part.isalpha() for part in passphrase.split())
    return 4 * len(set(passphrase)) if passphrase else 0


def _refuse_strange(path: Path, data: bytes) -> None:
    if not data.startswith(_MAGIC):
        raise NotAKeyFileError(path)
    if len(data) > len(_MAGIC) and data[len(_MAGIC)] > _VERSION and _whole(data):
        raise KeyFileTooNewError(path)
    if len(data) <= _HEADER.size + _SUM or not _whole(data):
        raise KeyFileDamagedError(path)


def _whole(data: bytes) -> bool:
    return len(data) > _SUM and sha256(data[:-_SUM]).digest() == data[-_SUM:]


def _lock(passphrase: str, salt: bytes, passes: int, lanes: int, memory: int) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    made = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory)
    return AESGCM(made.derive(unicodedata.normalize("NFC", passphrase).encode()))


def _written(key: Key) -> bytes:
    plain = asdict(key)
    plain["created"], plain["changed"] = key.created.isoformat(), key.changed.isoformat()
    plain["destroy_by"] = key.destroy_by.isoformat() if key.destroy_by else None
    return json.dumps(plain, ensure_ascii=False).encode()


def _read(data: bytes) -> Key:
    plain: dict[str, Any] = json.loads(data)
    return Key(
        created=datetime.fromisoformat(plain["created"]),
        changed=datetime.fromisoformat(plain["changed"]),
        by=plain["by"],
        entities=tuple(_entity(one) for one in plain["entities"]),
        names=tuple(plain["names"]),
        contacts=tuple(Contact(**one) for one in plain["contacts"]),
        destroy_by=date.fromisoformat(plain["destroy_by"]) if plain["destroy_by"] else None,
    )


def _entity(plain: dict[str, Any]) -> Entity:
    places = tuple(Place(**place) for place in plain["places"])
    return Entity(**{**plain, "forms": tuple(plain["forms"]), "places": places})
