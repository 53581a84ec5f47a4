"""The command line: `thaogo run`, `apply`, `invite`, `link`, `classify`, `doctor`.

Each command imports only what it needs, because aiogram alone takes three seconds.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.settings import Settings, SettingsError, read_settings

OK, FAILED, MISUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what it returns is the exit status."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        settings = read_settings()
    except SettingsError as error:
        print(f"thaogo: {error}", file=sys.stderr)
        return MISUSED
    status: int = given.act(settings, given)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="thaogo", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="start the server")
    run.set_defaults(act=_run)

    trial = commands.add_parser("trial", help="start with made-up people, on this machine only")
    trial.set_defaults(act=_trial)

    apply = commands.add_parser("apply", help="put a province pack in force")
    apply.add_argument("path", type=Path, help="the pack's folder")
    apply.add_argument("--dry-run", action="store_true", help="only show what would change")
    apply.add_argument("--json", action="store_true")
    apply.set_defaults(act=_apply)

    invite = commands.add_parser("invite", help="make an invitation code")
    invite.add_argument("--unit", required=True, help="a commune's or agency's code or name")
    roles = ("reporter", "staff", "head", "coordinator", "leader", "admin", "desk")
    invite.add_argument("--role", required=True, choices=roles)
    invite.add_argument("--name", default="")
    invite.add_argument("--phone", default="")
    invite.add_argument("--json", action="store_true")
    invite.set_defaults(act=_invite)

    link = commands.add_parser("link", help="make a one-time link into the web chat for a person")
    link.add_argument("person", type=int, help="the person's number")
    link.add_argument("--json", action="store_true")
    link.set_defaults(act=_link)

    classify = commands.add_parser("classify", help="say what triage makes of a text")
    classify.add_argument("text", help="the text, or - for one text a line on standard input")
    classify.add_argument("--json", action="store_true")
    classify.set_defaults(act=_classify)

    doctor = commands.add_parser("doctor", help="say what is wrong, and what to do about it")
    doctor.add_argument("--json", action="store_true")
    doctor.set_defaults(act=_doctor)
    return parser


def _run(settings: Settings, _given: argparse.Namespace) -> int:
    return _serve(settings, is_trial=False)


def _trial(settings: Settings, _given: argparse.Namespace) -> int:
    if settings.public_url is not None:
        problem = (
            "the trial mode is for this machine only: unset THAOGO_PUBLIC_URL, or `thaogo run`"
        )
        print(f"thaogo: {problem}", file=sys.stderr)
        return MISUSED
    if settings.http_host not in {"127.0.0.1", "localhost"}:
        problem = "the trial mode is for this machine only: unset THAOGO_HTTP_HOST, or `thaogo run`"
        print(f"thaogo: {problem}", file=sys.stderr)
        return MISUSED
    own = {"data_dir": settings.data_dir / "trial", "database_url": None, "telegram_token": None}
    return _serve(settings.model_copy(update=own), is_trial=True)


def _serve(settings: Settings, *, is_trial: bool) -> int:
    from bot.logs import start_logging  # noqa: PLC0415  only servers log
    from bot.serve import AlreadyRunning, Server  # noqa: PLC0415  only servers serve
    from bot.trial import TrialRefused  # noqa: PLC0415
    from province.load import PackError  # noqa: PLC0415

    start_logging(settings.log_level)
    host = settings.http_host if settings.http_host != "0.0.0.0" else "127.0.0.1"  # noqa: S104  compared, not bound
    print(f"Tháo Gỡ: http://{host}:{settings.http_port}", flush=True)
    try:
        asyncio.run(Server(settings, is_trial=is_trial).run())
    except (AlreadyRunning, TrialRefused, PackError, OSError) as error:
        print(f"thaogo: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        pass
    return OK


def _apply(settings: Settings, given: argparse.Namespace) -> int:
    from bot.commands import apply_pack  # noqa: PLC0415

    return apply_pack(settings, given.path, dry_run=given.dry_run, as_json=given.json)


def _invite(settings: Settings, given: argparse.Namespace) -> int:
    from bot.commands import make_invitation  # noqa: PLC0415

    return make_invitation(
        settings,
        unit=given.unit,
        role=given.role,
        name=given.name,
        phone=given.phone,
        as_json=given.json,
    )


def _link(settings: Settings, given: argparse.Namespace) -> int:
    from bot.commands import make_sign_in_link  # noqa: PLC0415

    return make_sign_in_link(settings, given.person, as_json=given.json)


def _classify(settings: Settings, given: argparse.Namespace) -> int:
    from bot.commands import classify_text  # noqa: PLC0415

    return classify_text(settings, given.text, as_json=given.json)


def _doctor(settings: Settings, given: argparse.Namespace) -> int:
    from bot.doctor import examine  # noqa: PLC0415

    return examine(settings, as_json=given.json)


if __name__ == "__main__":
    sys.exit(main())
