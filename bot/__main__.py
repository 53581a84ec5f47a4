"""The command line: `thaogo run`, `apply`, `invite`, `link`, `failed`, `doctor`, and others.

Each command imports only what it needs, because aiogram alone takes three seconds.
"""

import argparse
import asyncio
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.settings import Settings, SettingsError, read_settings

OK, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130
FOR_SCRIPTS = "answer in JSON, for scripts"
FASTEST = 3600
"""Times real time: the clock looks each second, and nothing may be an hour late."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what it returns is the exit status."""
    given = _parser().parse_args(arguments)
    try:
        status: int = given.act(read_settings(), given)
    except SettingsError as error:
        return _complain(str(error), MISUSED)
    except BrokenPipeError:  # `thaogo … | head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        said = _said(error)
        if not said:
            raise
        return _complain(said, FAILED)
    return status


def _complain(sentence: str, status: int) -> int:
    print(f"thaogo: {sentence}", file=sys.stderr)
    return status


def _said(error: Exception) -> str:
    """What a person can do something about, in a sentence; '' when it is our own mistake."""
    from bot.obstacles import Obstacle, sentence  # noqa: PLC0415  only when something is wrong
    from province.load import PackError  # noqa: PLC0415

    return str(error) if isinstance(error, Obstacle | PackError) else sentence(error)


def _look(settings: Settings) -> None:
    """Raise Obstacle when the data folder or the database cannot be used."""
    from bot.obstacles import Obstacle, of_database, of_folder  # noqa: PLC0415  knows SQLAlchemy

    problem = of_folder(settings.data_dir) or asyncio.run(of_database(settings.database))
    if problem:
        raise Obstacle(problem)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="thaogo", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    _add_servers(commands)

    apply = commands.add_parser("apply", help="put a province pack in force")
    apply.add_argument("path", type=Path, help="the pack's folder")
    apply.add_argument("--dry-run", action="store_true", help="only show what would change")
    apply.add_argument("--json", action="store_true", help=FOR_SCRIPTS)
    apply.set_defaults(act=_apply)

    invite = commands.add_parser("invite", help="make an invitation code")
    invite.add_argument("--unit", required=True, help="a commune's or agency's code or name")
    roles = ("reporter", "staff", "head", "coordinator", "leader", "admin", "desk")
    invite.add_argument("--role", required=True, choices=roles, help="what they may do here")
    invite.add_argument("--name", default="", help="who it is for")
    invite.add_argument("--phone", default="", help="the number others may call them on")
    invite.add_argument("--json", action="store_true", help=FOR_SCRIPTS)
    invite.set_defaults(act=_invite)

    link = commands.add_parser("link", help="make a one-time link into the web chat for a person")
    link.add_argument("person", help="the person's number, name or phone")
    link.add_argument("--json", action="store_true", help=FOR_SCRIPTS)
    link.set_defaults(act=_link)

    _add_channels(commands)

    _add_classifier(commands)

    failed = commands.add_parser("failed", help="list what failed, or set it going again")
    failed.add_argument("--resend", type=int, metavar="N", help="send notice N again")
    failed.add_argument("--drop", type=int, metavar="N", help="let notice N rest")
    failed.add_argument("--replay", type=int, metavar="N", help="handle update N again")
    failed.add_argument("--forget", type=int, metavar="N", help="let update N rest")
    failed.add_argument("--json", action="store_true", help=FOR_SCRIPTS)
    failed.set_defaults(act=_failed)

    examples = commands.add_parser("examples", help="print corrected categories, to be reviewed")
    examples.set_defaults(act=_examples)

    _add_tokens(commands)
    _add_policy(commands)
    _add_life(commands)
    _add_keeping(commands)

    doctor = commands.add_parser("doctor", help="say what is wrong, and what to do about it")
    doctor.add_argument("--json", action="store_true", help=FOR_SCRIPTS)
    doctor.set_defaults(act=_doctor)
    return parser


def _add_servers(commands: Any) -> None:
    """The program itself, and for whoever looks at it for the first time."""
    run = commands.add_parser("run", help="start the server")
    apart = "do only this, beside other processes on one PostgreSQL; may be said several times"
    parts = ("web", "deliver", "clock", "poll")
    run.add_argument("--role", action="append", default=[], choices=parts, help=apart)
    run.set_defaults(act=_run)

    trial = commands.add_parser("trial", help="start with made-up people, on this machine only")
    fast = "let time run so many times as fast, in a province that lives (600: a day in 144 s)"
    trial.add_argument("--speed", type=int, default=1, metavar="N", help=fast)
    trial.set_defaults(act=_trial)


def _add_classifier(commands: Any) -> None:
    """What triage makes of messages, and how it learns."""
    classify = commands.add_parser("classify", help="say what triage makes of messages")
    given = "a message, or a file of them (a .jsonl file's rows have it under text); none or -: "
    classify.add_argument("messages", nargs="*", help=given + "one a line of standard input")
    classify.add_argument("--json", action="store_true", help=FOR_SCRIPTS)
    classify.set_defaults(act=_classify)

    train = commands.add_parser("train", help="make the classifier anew from its examples")
    train.add_argument(
        "--evaluate", type=Path, nargs="+", metavar="FILE", help="only measure it on these"
    )
    equals = "JSON: a lead, and the labels for which it counts as right"
    train.add_argument("--equivalent", type=Path, metavar="FILE", help=equals)
    train.set_defaults(act=_train)

    learn = commands.add_parser("learn", help="let the classifier learn what people corrected")
    learn.add_argument(
        "--frozen", type=Path, nargs="+", default=[], metavar="FILE",
        help="labelled messages to measure with, in place of the bundled ones",
    )  # fmt: skip
    learn.add_argument("--rollback", action="store_true", help="go back to the model before")
    learn.add_argument("--json", action="store_true", help=FOR_SCRIPTS)
    learn.set_defaults(act=_learn)


def _add_tokens(commands: Any) -> None:
    """What other programs come in by."""
    token = commands.add_parser("token", help="make, list or revoke keys for other programs")
    what = token.add_subparsers(required=True, metavar="WHAT", help="make, list or revoke")
    make = what.add_parser("make", help="make a key; it is shown this once")
    make.add_argument("--name", required=True, help="which program gets it")
    make.add_argument("--unit", required=True, help="a commune's or agency's code or name")
    make.add_argument("--person", required=True, help="who answers for it: number, name or phone")
    may = "what it may do; may be said several times"
    scopes = ("read", "report", "act")
    make.add_argument("--scope", action="append", required=True, choices=scopes, help=may)
    make.add_argument("--json", action="store_true", help=FOR_SCRIPTS)
    make.set_defaults(act=_make_token)
    listing = what.add_parser("list", help="say which keys there are")
    listing.add_argument("--json", action="store_true", help=FOR_SCRIPTS)
    listing.set_defaults(act=_list_tokens)
    revoke = what.add_parser("revoke", help="let a key open nothing more")
    revoke.add_argument("number", type=int, help="its number in the list")
    revoke.set_defaults(act=_revoke_token)


def _add_policy(commands: Any) -> None:
    """What an edited pack never does by itself."""
    policy = commands.add_parser("policy", help="put an edited ladder on running tickets")
    policy.add_argument("what", choices=("apply-running",), help="on all whose ladder has begun")
    policy.add_argument("--dry-run", action="store_true", help="only show what would change")
    policy.add_argument("--json", action="store_true", help="answer in JSON, for scripts")
    policy.set_defaults(act=_policy)


def _add_life(commands: Any) -> None:
    """A made-up province on a virtual clock."""
    life = commands.add_parser("simulate", help="let a province live for weeks, check its books")
    life.add_argument("--days", type=int, default=30, help="how long it lives (30)")
    life.add_argument("--communes", type=int, default=130, help="how many communes report (130)")
    life.add_argument("--seed", type=int, default=7, help="the same seed gives the same life (7)")
    faults = ("skip-step", "double-notice", "late-step")
    bites = "do one thing wrong on purpose, to see that the check finds it"
    life.add_argument("--break", dest="fault", default="", choices=faults, help=bites)
    both = "with an outage of 60 communes and a need of 5 neighbours, and what both cost"
    life.add_argument("--shared", action="store_true", help=both)
    apart = "the same, but nothing is proposed to be shared: to compare"
    life.add_argument("--without-sharing", action="store_true", help=apart)
    life.add_argument("--json", action="store_true", help="answer in JSON, for scripts")
    life.set_defaults(act=_simulate)


def _add_keeping(commands: Any) -> None:
    """Backups, and a way out with everything."""
    backup = commands.add_parser("backup", help="back everything up into one file, beside a server")
    backup.add_argument("path", type=Path, help="a new file, or a folder for one")
    backup.add_argument("--json", action="store_true", help=FOR_SCRIPTS)
    backup.set_defaults(act=_backup)

    restore = commands.add_parser("restore", help="put a backup into an empty place")
    restore.add_argument("path", type=Path, help="the backup's file")
    later = "a media/purged.txt younger than the backup: what it names is purged again"
    restore.add_argument("--purged", type=Path, action="append", default=[], help=later)
    restore.add_argument("--json", action="store_true", help=FOR_SCRIPTS)
    restore.set_defaults(act=_restore)

    export = commands.add_parser("export", help="write everything in open formats, to leave with")
    export.add_argument("--all", action="store_true", required=True, help="all tables, all files")
    export.add_argument("path", type=Path, help="a new folder")
    export.add_argument("--json", action="store_true", help=FOR_SCRIPTS)
    export.set_defaults(act=_export)


def _add_channels(commands: Any) -> None:
    """What concerns one person's channels, and the addresses at which channels call us."""
    unlink = commands.add_parser("unlink", help="take a channel away from a person")
    unlink.add_argument("person", help="the person's number, name or phone")
    names = ("telegram", "zalo_bot", "zalo_oa", "web", "email", "sms")
    unlink.add_argument("channel", choices=names, help="the channel to take away")
    unlink.set_defaults(act=_unlink)

    reach = commands.add_parser("reach", help="reach a person by e-mail or SMS as well")
    reach.add_argument("person", help="the person's number, name or phone")
    reach.add_argument("channel", choices=("email", "sms"), help="sms: for emergencies alone")
    reach.add_argument("address", nargs="?", default="", help="sms: without one the known phone")
    reach.set_defaults(act=_reach)

    consent = commands.add_parser("zalo-oa-consent", help="let the Zalo app act for the account")
    code = "the code, or the address where the browser arrived; none: print the link to consent at"
    consent.add_argument("code", nargs="?", default="", help=code)
    back = "where Zalo sends the browser, as the app names it (THAOGO_PUBLIC_URL/)"
    consent.add_argument("--back", default="", metavar="ADDRESS", help=back)
    consent.set_defaults(act=_consent)

    hooks = commands.add_parser("webhooks", help="where Zalo calls our bots")
    hooks.add_argument("--take-away", action="store_true", help="so that they can be polled")
    hooks.set_defaults(act=_zalo_webhook)


def _run(settings: Settings, given: argparse.Namespace) -> int:
    return _serve(settings, is_trial=False, roles=given.role)


def _trial(settings: Settings, given: argparse.Namespace) -> int:
    is_here = settings.http_host in {"127.0.0.1", "localhost"}
    if settings.public_url is not None or not is_here:
        name = "THAOGO_HTTP_HOST" if settings.public_url is None else "THAOGO_PUBLIC_URL"
        said = f"the trial mode is for this machine only: unset {name}, or `thaogo run`"
        return _complain(said, MISUSED)
    if not 1 <= given.speed <= FASTEST:
        return _complain(f"--speed must be 1 to {FASTEST}", MISUSED)
    folder = settings.data_dir / ("trial" if given.speed == 1 else "trial-fast")
    if given.speed > 1:
        shutil.rmtree(folder, ignore_errors=True)  # its clock ran ahead: each show begins anew
    own = {"data_dir": folder, "database_url": None, "telegram_token": None}
    return _serve(settings.model_copy(update=own), is_trial=True, speed=given.speed)


def _serve(settings: Settings, *, is_trial: bool, speed: int = 1, roles: Sequence[str] = ()) -> int:
    from bot.logs import start_logging  # noqa: PLC0415  only servers log
    from bot.roles import NotApart  # noqa: PLC0415
    from bot.serve import AlreadyRunning, Server  # noqa: PLC0415  only servers serve
    from bot.trial import TrialRefused  # noqa: PLC0415

    _look(settings)
    start_logging(settings.log_level)
    if settings.sentry_dsn is not None:
        from bot.sentry import begin  # noqa: PLC0415  an optional part

        begin(settings.sentry_dsn.get_secret_value())
    try:
        server = Server(settings, is_trial=is_trial, speed=speed, roles=roles)
        print(f"Tháo Gỡ: {server.claim()}", flush=True)
        asyncio.run(server.run())
    except NotApart as error:
        return _complain(str(error), MISUSED)
    except (AlreadyRunning, TrialRefused) as error:
        return _complain(str(error), FAILED)
    except KeyboardInterrupt:
        pass
    return OK


def _apply(settings: Settings, given: argparse.Namespace) -> int:
    from bot.commands import apply_pack  # noqa: PLC0415

    _look(settings)
    return apply_pack(settings, given.path, dry_run=given.dry_run, as_json=given.json)


def _invite(settings: Settings, given: argparse.Namespace) -> int:
    from bot.commands import make_invitation  # noqa: PLC0415

    _look(settings)
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

    _look(settings)
    return make_sign_in_link(settings, given.person, as_json=given.json)


def _unlink(settings: Settings, given: argparse.Namespace) -> int:
    from bot.commands import unlink_channel  # noqa: PLC0415

    _look(settings)
    return unlink_channel(settings, given.person, given.channel)


def _reach(settings: Settings, given: argparse.Namespace) -> int:
    from bot.one_way import reach  # noqa: PLC0415

    _look(settings)
    return reach(settings, given.person, given.channel, given.address)


def _consent(settings: Settings, given: argparse.Namespace) -> int:
    from bot.zalo_oa_consent import consent  # noqa: PLC0415

    _look(settings)
    return consent(settings, given.code, given.back)


def _zalo_webhook(settings: Settings, given: argparse.Namespace) -> int:
    from bot.zalo import show_webhooks  # noqa: PLC0415

    return asyncio.run(show_webhooks(settings, take_away=given.take_away, say=print))


def _classify(settings: Settings, given: argparse.Namespace) -> int:
    from bot.classifying import classify  # noqa: PLC0415
    from triage import choose, versions  # noqa: PLC0415

    choose(versions.in_force(settings.models))
    return classify(settings.province, given.messages, as_json=given.json)


def _train(settings: Settings, given: argparse.Namespace) -> int:
    from bot.training import evaluate, train  # noqa: PLC0415

    if given.evaluate:
        return evaluate(settings.province, given.evaluate, given.equivalent)
    return train(settings.province)


def _learn(settings: Settings, given: argparse.Namespace) -> int:
    from bot.lessons import learn, roll_back  # noqa: PLC0415

    _look(settings)
    if given.rollback:
        return roll_back(settings, as_json=given.json)
    if missing := [str(file) for file in given.frozen if not file.is_file()]:
        return _complain(f"--frozen: no file {', '.join(missing)}", MISUSED)
    return learn(settings, given.frozen, as_json=given.json)


def _failed(settings: Settings, given: argparse.Namespace) -> int:
    from bot.failures import failed  # noqa: PLC0415

    _look(settings)
    return failed(
        settings,
        resend=given.resend,
        drop=given.drop,
        replay=given.replay,
        forget=given.forget,
        as_json=given.json,
    )


def _examples(settings: Settings, _given: argparse.Namespace) -> int:
    from bot.failures import examples  # noqa: PLC0415

    _look(settings)
    return examples(settings)


def _make_token(settings: Settings, given: argparse.Namespace) -> int:
    from bot.tokens import make_token  # noqa: PLC0415

    _look(settings)
    return make_token(
        settings,
        name=given.name,
        unit=given.unit,
        person=given.person,
        scopes=given.scope,
        as_json=given.json,
    )


def _list_tokens(settings: Settings, given: argparse.Namespace) -> int:
    from bot.tokens import list_tokens  # noqa: PLC0415

    _look(settings)
    return list_tokens(settings, as_json=given.json)


def _revoke_token(settings: Settings, given: argparse.Namespace) -> int:
    from bot.tokens import revoke_token  # noqa: PLC0415

    _look(settings)
    return revoke_token(settings, given.number)


def _policy(settings: Settings, given: argparse.Namespace) -> int:
    from bot.policies import apply_policy  # noqa: PLC0415

    _look(settings)
    return apply_policy(settings, dry_run=given.dry_run, as_json=given.json)


def _simulate(settings: Settings, given: argparse.Namespace) -> int:
    from bot.simulating import Asked, simulate  # noqa: PLC0415

    if given.days < 1 or given.communes < 1:
        return _complain("--days and --communes must be 1 or more", MISUSED)
    is_shared = given.shared or given.without_sharing
    asked = Asked(
        given.days, given.communes, given.seed, given.fault, is_shared, given.without_sharing
    )
    return simulate(settings.province, asked, as_json=given.json)


def _backup(settings: Settings, given: argparse.Namespace) -> int:
    from bot.backing import back_up  # noqa: PLC0415

    _look(settings)
    return back_up(settings, given.path, as_json=given.json)


def _restore(settings: Settings, given: argparse.Namespace) -> int:
    from bot.restoring import restore  # noqa: PLC0415

    return restore(settings, given.path, given.purged, as_json=given.json)


def _export(settings: Settings, given: argparse.Namespace) -> int:
    from bot.leaving import export_all  # noqa: PLC0415

    _look(settings)
    return export_all(settings, given.path, as_json=given.json)


def _doctor(settings: Settings, given: argparse.Namespace) -> int:
    from bot.doctor import examine  # noqa: PLC0415

    return examine(settings, as_json=given.json)


if __name__ == "__main__":
    sys.exit(main())
