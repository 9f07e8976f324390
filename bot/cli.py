"""The command line: each command in a few lines."""

import asyncio
import contextlib
import json
import logging
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import click

from bot import analyze as inside
from bot.app import TokenRefused, load_topics, newsroom_feeds, polls, resummarise, run
from bot.domain.feed import OPERATOR, Feed, FeedFailed
from bot.fetch.feed_lists import feed_list
from bot.fetch.refusals import ContentRefused
from bot.listening import CannotServe
from bot.registering import NotReached, webhook_deleted, webhook_lines, webhook_set
from bot.sandbox.page import View, page_of
from bot.sandbox.token import DEFAULT_TOKEN
from bot.storage.database import DatabaseUnusable, upgrade
from bot.summarize.budget import Budget
from bot.telegram.webhook import secret_of
from bot.transfer import export, take_in
from config import logs
from config.settings import BadSettings, Settings, read_settings

_BAD_SETTINGS = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="A TOML file with settings; by default mujaz.toml in the user's configuration directory.",
)
@click.version_option(package_name="mujaz")
@click.pass_context
def main(context: click.Context, config: Path | None) -> None:
    """Mujaz: Arabic news digests on Telegram."""
    context.obj = config


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Turn what an operator can mend into one line, and exit code 2."""
    try:
        yield
    except BadSettings as error:
        _end(str(error))
    except DatabaseUnusable as error:
        _end(f"MUJAZ_DATABASE: {error}")
    except TokenRefused as error:
        _end(f"MUJAZ_TOKEN: {error}")
    except NotReached as error:
        raise click.ClickException(str(error)) from error
    except CannotServe as error:
        _end(str(error))


def _end(message: str) -> None:
    click.echo(f"mujaz: {message}", err=True)
    sys.exit(_BAD_SETTINGS)


@main.command("run")
@click.pass_obj
def run_(config: Path | None) -> None:
    """Run the bot until it is told to stop (Ctrl-C, SIGTERM)."""
    with _told():
        settings = read_settings(config)
        if settings.token is None:
            raise BadSettings("MUJAZ_TOKEN: missing; @BotFather gives one")
        secrets = [each.get_secret_value() for each in (settings.token, settings.webhook_secret) if each]
        logs.configure(settings.log_level, *secrets, secret_of(secrets[0]), as_json=settings.log_format == "json")
        asyncio.run(_until_told(settings))


async def _until_told(settings: Settings) -> None:
    stop = asyncio.Event()
    for kind in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(kind, stop.set)
    await run(settings, stop)
    logging.getLogger("bot").info("stopped")


@main.command()
@click.option(
    "--articles",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of .txt files to send in, instead of the samples.",
)
@click.option(
    "--page",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the reader's conversation to this file, as a page for a browser.",
)
def demo(articles: Path | None, page: Path | None) -> None:
    """Show the whole bot in one minute, with no Telegram account."""
    from bot.demo import ZONE, NoArticles, demonstrate  # noqa: PLC0415 - `mujaz run` needs no web framework, so none of this

    logs.configure("ERROR")
    try:
        conversation = asyncio.run(demonstrate(articles, click.echo, lambda line: click.echo(line, err=True)))
        if page:
            page.write_text(page_of(conversation, View(zone=ZONE)), encoding="utf-8")
    except (NoArticles, TimeoutError, OSError, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.option("--port", default=8081, show_default=True, type=click.IntRange(0, 65535), help="The port to listen on.")
@click.option("--token", default=DEFAULT_TOKEN, show_default=True, help="The token that the bot must use.")
def sandbox(port: int, token: str) -> None:
    """Serve a local Bot API, on the loopback interface only."""
    from bot.sandbox.server import serve  # noqa: PLC0415 - as above

    def listening(url: str) -> None:
        click.echo(f"Bot API at {url}, token {token}\nthe reader's side is under {url}/sandbox/")

    try:
        serve(port, token=token, listening=listening)
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error


@main.group()
def db() -> None:
    """Look after the database."""


@db.command("upgrade")
@click.pass_obj
def db_upgrade(config: Path | None) -> None:
    """Bring the schema up to date; `mujaz run` does so too."""
    with _told():
        settings = read_settings(config)
        upgrade(settings.database)
    click.echo(f"up to date: {settings.database}")


@main.group()
def webhook() -> None:
    """Look after the address at which Telegram calls; `mujaz run` sets it too, if MUJAZ_WEBHOOK_URL is given."""


_dropping = click.option("--drop-pending-updates", "drops", is_flag=True, help="Forget what waits; it is lost.")


@webhook.command("set")
@_dropping
@click.pass_obj
def webhook_set_(config: Path | None, *, drops: bool) -> None:
    """Have Telegram call MUJAZ_WEBHOOK_URL from now on."""
    with _told():
        click.echo(f"set {asyncio.run(webhook_set(read_settings(config), drop_pending=drops))}")


@webhook.command("delete")
@_dropping
@click.pass_obj
def webhook_delete_(config: Path | None, *, drops: bool) -> None:
    """Have Telegram call nobody, so that `mujaz run` can poll."""
    with _told():
        asyncio.run(webhook_deleted(read_settings(config), drop_pending=drops))
    click.echo("deleted")


@webhook.command("info")
@click.pass_obj
def webhook_info_(config: Path | None) -> None:
    """Show what Telegram calls, how much waits, and what went wrong there last."""
    with _told():
        click.echo("\n".join(asyncio.run(webhook_lines(read_settings(config)))))


@main.group()
def topics() -> None:
    """Look after what can be followed."""


@topics.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def topics_load(config: Path | None, file: Path) -> None:
    """Add or replace topics by those of a FILE with the columns of config/topics.tsv; then restart the bot."""
    with _told():
        settings = read_settings(config)
        try:
            loaded = asyncio.run(load_topics(settings.database, file.read_text(encoding="utf-8")))
        except ValueError as error:  # UnicodeDecodeError is one
            raise click.ClickException(f"{file}: {error}") from error
    click.echo(f"{loaded} topics loaded")


@main.group()
def feeds() -> None:
    """Look after the feeds."""


@feeds.command("add")
@click.argument("url")
@click.option("--every", type=click.IntRange(5, 1440), help="Minutes between two looks; 15 for a new feed.")
@click.pass_obj
def feeds_add(config: Path | None, url: str, every: int | None) -> None:
    """Look at a feed from now on; URL is its address or that of a page which names it."""
    with _told():
        asyncio.run(_feeds_added(read_settings(config), [url], timedelta(minutes=every) if every else None))


@feeds.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def feeds_import(config: Path | None, file: Path) -> None:
    """Add the feeds of an OPML FILE."""
    from bot.fetch.opml import read_opml  # noqa: PLC0415 - nor does it read strangers' files itself

    with _told():
        try:
            urls = [outline.url for outline in read_opml(file.read_bytes())]
        except ContentRefused as error:
            raise click.ClickException(f"{file}: {error.reason}") from error
        asyncio.run(_feeds_added(read_settings(config), urls))


async def _feeds_added(settings: Settings, urls: Sequence[str], every: timedelta | None = None) -> None:
    async with newsroom_feeds(settings) as (_, add, _remove, _poll):
        refused = 0
        for url in urls:
            added = await add(url, OPERATOR, every)
            if isinstance(added, FeedFailed):
                refused += 1
                click.echo(f"refused {url}: {added.reason}")
            else:
                state = "new" if added.is_new else "known"
                click.echo(f"{state} {added.feed.id} {added.feed.url}, {added.entries} entries")
    if refused and refused == len(urls):
        sys.exit(1)


@feeds.command("list")
@click.pass_obj
def feeds_list(config: Path | None) -> None:
    """Show the feeds: number, minutes, failures in a row, address and title."""
    with _told():
        for feed in asyncio.run(_feeds_kept(read_settings(config))):
            minutes = int(feed.every.total_seconds() // 60)
            click.echo(f"{feed.id}\t{minutes}\t{feed.failures}\t{feed.url}\t{feed.title}")


async def _feeds_kept(settings: Settings) -> Sequence[Feed]:
    async with newsroom_feeds(settings) as (kept, *_):
        return await kept.all()


@feeds.command("remove")
@click.argument("named", metavar="URL|NUMBER")
@click.pass_obj
def feeds_remove(config: Path | None, named: str) -> None:
    """Look at a feed no more; its articles stay."""
    with _told():
        feed = asyncio.run(_feed_removed(read_settings(config), named))
    if feed is None:
        raise click.ClickException(f"no feed {named}")
    click.echo(f"removed {feed.id} {feed.url}")


async def _feed_removed(settings: Settings, named: str) -> Feed | None:
    async with newsroom_feeds(settings) as (_, _add, remove, _poll):
        return await remove(named)


@feeds.command("poll")
@click.pass_obj
def feeds_poll(config: Path | None) -> None:
    """Look now at the feeds that are due, beside or without `mujaz run`."""
    with _told():
        asyncio.run(_feeds_polled(read_settings(config)))


async def _feeds_polled(settings: Settings) -> None:
    async with newsroom_feeds(settings) as (kept, _add, _remove, poll):
        with click.progressbar(length=len(await kept.all()), label="feeds", file=sys.stderr) as bar:
            lines = []
            async for polled in polls(poll):
                bar.update(1)
                failed = f", failed: {polled.failure.reason}" if polled.failure else ""
                lines.append(f"{polled.feed.id} {polled.feed.url}: {polled.new} new{failed}")
    click.echo("\n".join(lines) or "no feed is due")


@feeds.command("export")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=False)
@click.pass_obj
def feeds_export(config: Path | None, file: Path | None) -> None:
    """Write the feeds as OPML, to FILE or standard output."""
    with _told():
        kept = asyncio.run(_feeds_kept(read_settings(config)))
        content = feed_list(kept)
        if file is None:
            click.echo(content)
        else:
            file.write_bytes(content)


@main.group()
def summaries() -> None:
    """Look after the summaries."""


@summaries.command("rebuild")
@click.pass_obj
def summaries_rebuild(config: Path | None) -> None:
    """Make the summaries again that are of older rules or another length; safe to stop, to repeat and beside `run`."""
    with _told():
        settings = read_settings(config)
        with contextlib.ExitStack() as stack:
            made = 0

            def started(total: int) -> Callable[[int], None]:
                bar = stack.enter_context(click.progressbar(length=total, label="summaries", file=sys.stderr))

                def advanced(size: int) -> None:
                    nonlocal made
                    made += size
                    bar.update(size)

                return advanced

            asyncio.run(resummarise(settings, started))
    click.echo(f"{made} summaries made again")


@main.command("export")
@click.argument("file", default="-", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.pass_obj
def export_(config: Path | None, file: Path) -> None:
    """Write all articles to FILE, by default to standard output: JSON Lines that `mujaz import` takes back."""
    with _told():
        export(read_settings(config), file)


@main.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option(
    "--for-everyone/--private",
    default=None,
    help="Who may see them; by default everyone, but what an export tells is for whom it was.",
)
@click.pass_obj
def import_(config: Path | None, paths: Sequence[Path], *, for_everyone: bool | None) -> None:
    """Take in articles: texts, web pages, PDF, Word, JSON Lines, folders of them; safe to stop and to repeat."""
    with _told():
        take_in(read_settings(config), paths, for_everyone=for_everyone)


@main.group()
def analyze() -> None:
    """Show what the bot understands of texts: JSON Lines in, JSON Lines out."""


@analyze.command("article")
def analyze_article() -> None:
    """{"id","text"} → title, published, source, tags, body, related."""
    _answer(inside.article())


@analyze.command("sentences")
def analyze_sentences() -> None:
    """{"id","text"} → sentences."""
    _answer(inside.sentence_list())


@analyze.command("summary")
@click.option("--sentences", default=3, show_default=True, type=click.IntRange(1), help="At most so many sentences.")
@click.option("--chars", default=400, show_default=True, type=click.IntRange(2), help="At most so many letters.")
def analyze_summary(sentences: int, chars: int) -> None:
    """{"id","title","text"} → sentences of the summary."""
    _answer(inside.summary(Budget(sentences, chars)))


@analyze.command("topics")
@click.option("--capitals", is_flag=True, help="Let the name of a capital count for its country.")
def analyze_topics(*, capitals: bool) -> None:
    """{"id","title"?,"text","tags"?,"follow"} → topics, mentioned."""
    _answer(inside.topics(with_capitals=capitals))


@analyze.command("dates")
def analyze_dates() -> None:
    """{"id","text","now"} → date."""
    _answer(inside.dates())


@analyze.command("stories")
def analyze_stories() -> None:
    """{"id","title"?,"text","source"?,"published"?} → story, copy_of: ids of earlier rows."""
    with inside.stories() as analysis:
        _answer(analysis)


# JSON lets these stand as they are, and many readers of lines break at them.
_LINE_BREAKS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}


def _answer(analysis: inside.Analysis) -> None:
    """Answer line by line as they come; a line that cannot be read is answered too, and ends in exit code 1."""
    lines = (line.decode("utf-8-sig", "replace").rstrip("\r\n") for line in sys.stdin.buffer)
    all_read = True
    with contextlib.suppress(BrokenPipeError):
        for answer, could_read in inside.analysed(lines, analysis):
            all_read &= could_read
            line = json.dumps(answer, ensure_ascii=False).translate(_LINE_BREAKS)
            sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.buffer.flush()
    if not all_read:
        sys.exit(1)
