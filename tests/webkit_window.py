"""A window of WebKitGTK that a driver controls, as narrow as a phone: WebKit's own stops at 447 pixels.

Debian's own Python runs it, which has the package gi: python3 webkit_window.py FILE. Into the file
goes what pages log as an error, throw, or are refused by their policy; the driver knows none of it.
"""

import sys
from pathlib import Path

import gi  # type: ignore[import-not-found]

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")

from gi.repository import Gtk, WebKit2  # type: ignore[import-not-found]  # noqa: E402

WIDTH, HEIGHT = 320, 640
WATCH = """
const tell = (...words) => webkit.messageHandlers.errors.postMessage(words.join(" "));
const {error} = console;
console.error = (...words) => { tell(...words); error(...words); };
addEventListener("error", ({message, target}) => tell(message ?? `${target.src ?? target.href}: not loaded`), true);
addEventListener("unhandledrejection", ({reason}) => tell(reason));
addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI}) =>
  tell("Content Security Policy", violatedDirective, blockedURI));
"""


def main() -> None:
    """Show the window when the driver asks for it, until it ends this process."""
    log = Path(sys.argv[1])
    content = WebKit2.UserContentManager()
    content.register_script_message_handler("errors")
    content.add_script(
        WebKit2.UserScript(
            f"(() => {{{WATCH}}})()",
            WebKit2.UserContentInjectedFrames.ALL_FRAMES,
            WebKit2.UserScriptInjectionTime.START,
        )
    )

    def write(_: object, message: WebKit2.JavascriptResult) -> None:
        with log.open("a", encoding="utf-8") as file:
            file.write(message.get_js_value().to_string().replace("\n", " ") + "\n")

    content.connect("script-message-received::errors", write)
    context = WebKit2.WebContext.new_ephemeral()
    context.set_automation_allowed(True)

    def create(_: object) -> WebKit2.WebView:
        view = WebKit2.WebView(
            web_context=context, user_content_manager=content, is_controlled_by_automation=True
        )
        window = Gtk.Window(default_width=WIDTH, default_height=HEIGHT)
        window.add(view)
        window.show_all()
        return view

    context.connect(
        "automation-started", lambda _, session: session.connect("create-web-view", create)
    )
    Gtk.main()


if __name__ == "__main__":
    main()
