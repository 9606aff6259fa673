"""Edits a Word file as an editor does in LibreOffice. Run by a Python that has its module `uno`, not by the tests' own.

`libreoffice_edits.py PIPE IN OUT EDIT...`: LibreOffice listens on the named pipe; each EDIT is `KIND:WHERE:WHAT`.
"""

import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

SECONDS = 60
COMMANDS = {"down": ".uno:MoveDown", "accept": ".uno:AcceptAllTrackedChanges"}


def main() -> None:
    """Open the file, edit it, and save it as a Word file."""
    pipe, source, target, *edits = sys.argv[1:]
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    context = resolved(resolver, f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (named("Hidden", value=True),))
    dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    for edit in edits:
        kind, where, what = edit.split(":")
        change(document, dispatcher, kind, where, what)
    document.storeToURL(Path(target).as_uri(), (named("FilterName", value="MS Word 2007 XML"),))
    document.close(False)
    desktop.terminate()


def resolved(resolver: Any, address: str) -> Any:
    """Wait until LibreOffice listens."""
    end = time.monotonic() + SECONDS
    while True:
        try:
            return resolver.resolve(address)
        except Exception:  # its class comes with the connection
            if time.monotonic() > end:
                raise
            time.sleep(0.3)


def change(document: Any, dispatcher: Any, kind: str, where: str, what: str) -> None:
    """Do one edit at the words `where`, which have to be in the text."""
    search = document.createSearchDescriptor()
    search.SearchString = where
    found = document.findFirst(search)
    if found is None:
        sys.exit(f"not in the text: {where}")
    if kind in ("replace", "tracked"):
        document.RecordChanges = kind == "tracked"
        found.setString(what)
        document.RecordChanges = False
    elif kind == "comment":
        comment = document.createInstance("com.sun.star.text.textfield.Annotation")
        comment.Content = what
        found.Text.insertTextContent(found, comment, True)
    elif kind == "note":
        note = document.createInstance("com.sun.star.text.Footnote")
        found.Text.insertTextContent(found.End, note, False)
        note.setString(what)
    else:
        view = document.CurrentController
        view.ViewCursor.gotoRange(found, False)
        dispatcher.executeDispatch(view.Frame, COMMANDS[kind], "", 0, ())


def named(name: str, *, value: object) -> Any:
    """Return a named value as LibreOffice takes it."""
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


main()
