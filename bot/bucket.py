"""A bucket of S3-compatible storage that holds the files, so that no folder has to be shared."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from bot.settings import SettingsError
from bot.shelf import IS_HASH, PURGED

if TYPE_CHECKING:
    from obstore.store import ObjectStore

FILES, GONE = "media", "purged"
"""Objects are media/<two letters>/<hash>, and purged/<hash> for what never comes back."""
REGION = "us-east-1"
"""What servers that know no regions call theirs."""
PATIENCE = "20s"


class Bucket:
    """A Shelf in an object store; another process sees each change at once."""

    def __init__(self, store: "ObjectStore") -> None:
        """`store` is any of obstore's."""
        import obstore  # noqa: PLC0415  an optional part

        self._store, self._do = store, obstore

    def read(self, name: str) -> bytes:
        """See Shelf."""
        with _reaching():
            return bytes(self._do.get(self._store, _file(name)).bytes())

    def write(self, name: str, content: bytes) -> None:
        """See Shelf; an object is whole when it is there."""
        with _reaching():
            self._do.put(self._store, _file(name), content)

    def came_at(self, name: str) -> float | None:
        """See Shelf."""
        with _reaching():
            found = self._head(_file(name))
        return None if found is None else found["last_modified"].timestamp()

    def remove(self, name: str) -> None:
        """See Shelf."""
        with _reaching():
            try:
                self._do.delete(self._store, _file(name))
            except FileNotFoundError:  # S3 itself does not mind
                return

    def is_purged(self, name: str) -> bool:
        """See Shelf."""
        with _reaching():
            return self._head(f"{GONE}/{name}") is not None

    def note_purged(self, name: str) -> None:
        """See Shelf."""
        with _reaching():
            self._do.put(self._store, f"{GONE}/{name}", name.encode())

    def as_folder(self, empty: Path) -> Path:
        """See Shelf; one object in memory at a time."""
        with _reaching():
            gone = [name for name in self._names(GONE) if IS_HASH.fullmatch(name)]
            for name in self._names(FILES):
                if IS_HASH.fullmatch(name):
                    (empty / name[:2]).mkdir(parents=True, exist_ok=True)
                    (empty / name[:2] / name).write_bytes(self.read(name))
        if gone:
            empty.mkdir(parents=True, exist_ok=True)
            (empty / PURGED).write_text("".join(f"{name}\n" for name in gone))
        return empty

    def _head(self, path: str) -> Any:
        try:
            return self._do.head(self._store, path)
        except FileNotFoundError:
            return None

    def _names(self, prefix: str) -> Iterator[str]:
        for batch in self._do.list(self._store, f"{prefix}/"):
            for found in batch:
                yield str(found["path"]).rpartition("/")[2]


def bucket_at(url: str) -> Bucket:
    """The bucket of an address as THAOGO_MEDIA_URL has it. Raises SettingsError without obstore."""
    try:
        from obstore.store import S3Store  # noqa: PLC0415  an optional part
    except ImportError:
        raise SettingsError(
            'THAOGO_MEDIA_URL needs a library: pip install "obstore>=0.12,<0.13"'
        ) from None
    parts = urlsplit(url)
    scheme = "http" if parts.scheme == "s3+http" else "https"
    port = f":{parts.port}" if parts.port else ""
    store = S3Store(
        parts.path.strip("/"),
        endpoint=f"{scheme}://{parts.hostname}{port}",
        access_key_id=unquote(parts.username or ""),
        secret_access_key=unquote(parts.password or ""),
        region=parse_qs(parts.query).get("region", [REGION])[0],
        virtual_hosted_style_request=False,
        client_options={"allow_http": scheme == "http", "timeout": PATIENCE},
    )
    return Bucket(store)


def _file(name: str) -> str:
    return f"{FILES}/{name[:2]}/{name}"


@contextmanager
def _reaching() -> Iterator[None]:
    """Whatever goes wrong on the way is an OSError, as with a disk; its words may hold the key."""
    from obstore.exceptions import BaseError  # noqa: PLC0415  an optional part

    try:
        yield
    except BaseError as error:
        raise OSError(f"the bucket of files: {type(error).__name__}") from None
