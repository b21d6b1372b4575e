"""Alexa on this machine, as far as an owner meets it: skills, what they are, and which of them are enabled.

Rule: it takes what Amazon's own description of the API has, and no other call. What it was brought it keeps, so that a
check can look at what a skill is afterwards.
"""

import io
import json
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.infra.deployed import smapi
from tests.platform.schema import faults

Json = dict[str, Any]

VENDOR = "M00000000000000"
FAR_AWAY = "2099-01-01T00:00:00.000Z"


@dataclass
class Skill:
    """What Alexa has of a skill: everything of the package that it was brought last."""

    manifest: Json = field(default_factory=dict)
    models: dict[str, Json] = field(default_factory=dict)
    packages: int = 0
    enabled: bool = False

    @property
    def calls(self) -> str:
        """The function that it calls, or none."""
        return str(self.manifest["apis"]["custom"].get("endpoint", {}).get("uri", ""))


@dataclass
class Alexa:
    """Skills by id. `may_call` tells whether a function lets a skill call it, which Alexa looks at too."""

    may_call: Callable[[str, str], bool]
    address: str = ""
    knows_the_owner: bool = True
    skills: dict[str, Skill] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    _uploads: dict[str, bytes] = field(default_factory=dict)
    _imports: dict[str, Json] = field(default_factory=dict)

    def environ(self, home: Path) -> dict[str, str]:
        """What the ASK CLI needs to find it, with a profile in the folder `home`."""
        (home / ".ask").mkdir()
        token = {"access_token": "a", "refresh_token": "r", "token_type": "bearer", "expires_in": 3600}
        profile = {"token": token | {"expires_at": FAR_AWAY}, "vendor_id": VENDOR, "aws_profile": ""}
        configuration = json.dumps({"profiles": {"default": profile}, "share_usage": False})
        (home / ".ask" / "cli_config").write_text(configuration, encoding="utf-8")
        return {"HOME": str(home), "ASK_SMAPI_SERVER_BASE_URL": self.address, "ASK_LWA_TOKEN_HOST": self.address}

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, Json | None, dict[str, str]]:
        """Status, body and headers of an answer."""
        if path.startswith("/uploads/"):
            self._uploads[path] = body
            return 200, None, {}
        asked = json.loads(body) if body else None
        wrong = smapi.request_faults(method, path, asked)
        status, answer, headers = (400, {"message": "; ".join(wrong)}, {}) if wrong else self._said(method, path, asked)
        wrong += [] if wrong else smapi.answer_faults(method, path, status, answer)
        self.refused += wrong
        return status, answer, headers

    def _said(self, method: str, path: str, asked: Any) -> tuple[int, Json | None, dict[str, str]]:
        if not self.knows_the_owner:
            return 401, {"message": "Token is invalid/expired"}, {}
        match [method, *path.strip("/").split("/")[1:]]:
            case ["GET", "vendors"]:
                return 200, {"vendors": [{"id": VENDOR, "name": "Owner", "roles": ["ROLE_ADMINISTRATOR"]}]}, {}
            case ["POST", "skills", "uploads"]:
                url = f"{self.address}/uploads/{uuid.uuid4()}"
                return 201, {"uploadUrl": url, "expiresAt": FAR_AWAY}, {}
            case ["POST", "skills", "imports"]:
                return self._imported(f"amzn1.ask.skill.{uuid.uuid4()}", asked)
            case ["POST", "skills", skill, "imports"] if skill in self.skills:
                return self._imported(skill, asked)
            case ["GET", "skills", "imports", what]:
                return 200, self._imports[what], {}
            case ["GET", "skills", skill, "stages", "development", "manifest"] if skill in self.skills:
                return 200, {"manifest": self.skills[skill].manifest}, {}
            case ["GET", "skills", skill, "stages", "development", "enablement"] if skill in self.skills:
                return (204, None, {}) if self.skills[skill].enabled else (404, {"message": "It is not enabled."}, {})
            case ["PUT", "skills", skill, "stages", "development", "enablement"] if skill in self.skills:
                self.skills[skill].enabled = True
                return 204, None, {}
        return 404, {"message": "There is no such skill."}, {}

    def _may(self, uri: str, skill: str) -> bool:
        # An address of one's own is looked at when it is called, and not before.
        return uri.startswith("https:") or self.may_call(uri, skill)

    def _imported(self, skill: str, asked: Json) -> tuple[int, None, dict[str, str]]:
        package = self._uploads[asked["location"].removeprefix(self.address)]
        told, models = _read(package)
        wrong = faults("skill-manifest", told)
        wrong += [fault for model in models.values() for fault in faults("interaction-model", model)]
        wrong += [f"{uri} lets nobody of {skill} call" for uri in _called(told) if not self._may(uri, skill)]
        what = str(uuid.uuid4())
        if wrong:
            self._imports[what] = {"status": "FAILED", "errors": [{"message": fault} for fault in wrong]}
        else:
            known = self.skills.setdefault(skill, Skill())
            known.manifest, known.models, known.packages = told["manifest"], models, known.packages + 1
            self._imports[what] = {"status": "SUCCEEDED", "skill": {"skillId": skill, "eTag": what, "resources": []}}
        return 202, None, {"Location": f"/v1/skills/imports/{what}"}


def _read(package: bytes) -> tuple[Json, dict[str, Json]]:
    """The manifest of a package, and its models by locale."""
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        read = {Path(name): json.loads(files.read(name)) for name in files.namelist() if name.endswith(".json")}
    models = {path.stem: model for path, model in read.items() if "interactionModels" in path.parts}
    return next(told for path, told in read.items() if path.name == "skill.json"), models


def _called(told: Json) -> set[str]:
    custom = told["manifest"]["apis"]["custom"]
    regions = custom.get("regions", {}).values()
    return {part["endpoint"]["uri"] for part in (custom, *regions) if "endpoint" in part}


@contextmanager
def alexa(may_call: Callable[[str, str], bool]) -> Iterator[Alexa]:
    """An Alexa without a skill, for as long as the `with` lasts."""
    served = Alexa(may_call)

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, answer, headers = served.answer(self.command, self.path.partition("?")[0], body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            written = b"" if answer is None else json.dumps(answer).encode()
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        do_GET = do_POST = do_PUT = _answer  # noqa: N815 - names of the base

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: what went wrong is in `refused`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
