"""What is kept of one account, for whoever runs the skill: `python -m infra.person export USER_ID`, or `delete`.

Rule: the settings are those of the function, HIP_COACH_STORE and HIP_COACH_ID_KEY, and AWS's own. The id that Alexa
gives an account is only hashed; it is neither printed nor kept. Exit status: 0, or 1 with a sentence.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict

from coach.alexa.requests import account_key
from coach.config import Settings
from coach.errors import CoachError, ConfigurationError
from coach.persistence.repository import Person, ProgressRepository
from coach.persistence.stores import open_store


class UnknownAccountError(CoachError):
    """Nothing is kept under an account."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Export or delete; the exit status."""
    options = _parser().parse_args(arguments)
    try:
        settings = Settings.from_env(os.environ)
        if not os.environ.get("HIP_COACH_STORE"):
            raise ConfigurationError("Set HIP_COACH_STORE to where progress is kept, such as dynamodb://TABLE.")
        account = account_key(options.user_id, settings.id_key)
        print({"export": export, "delete": delete}[options.command](open_store(settings.store), account))
    except CoachError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def export(store: ProgressRepository, account: str) -> str:
    """Everything that is kept under an account, as JSON: a record for each voice, empty for the account itself."""
    kept = [(person.voice, store.load(person)) for person in _people(store, account)]
    told = [{"voice": voice, "progress": asdict(progress)} for voice, progress in kept if progress]
    return json.dumps(told, indent=2, ensure_ascii=False)


def delete(store: ProgressRepository, account: str) -> str:
    """Delete everything that is kept under an account, and say how much it was."""
    people = _people(store, account)
    for person in people:
        store.forget(person)
    return f"Deleted {len(people)} records." if len(people) > 1 else "Deleted one record."


def _people(store: ProgressRepository, account: str) -> Sequence[Person]:
    people = store.people(account)
    if not people:
        raise UnknownAccountError("Nothing is kept under this account: look at the id, and at HIP_COACH_ID_KEY.")
    return people


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m infra.person", description="Export or delete what is kept of one account."
    )
    parser.add_argument("command", choices=("export", "delete"))
    parser.add_argument("user_id", metavar="USER_ID", help="the id that Alexa gives the account, amzn1.ask.account.…")
    return parser


if __name__ == "__main__":
    sys.exit(main())
