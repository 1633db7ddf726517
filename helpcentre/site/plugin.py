"""The MkDocs plugin: hands MkDocs' events to code that knows nothing of MkDocs.

This is the only file that imports mkdocs. What a build knows is on the instance. What `mkdocs
serve` keeps between builds is one Kept, dropped whenever anything but pages has changed or a build
has failed. A change of the engine or of macros/ needs a restart of `serve`.

The original language's build reads and judges the content of all languages. Each other language is
a build of its own into a folder of the same site, by a plugin that takes all it can from the first.
"""

import gc
import logging
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.base import Config as BaseConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, PluginCollection, event_priority
from mkdocs.structure.files import File, InclusionLevel

from helpcentre import lint, search
from helpcentre.content import hashed, template
from helpcentre.content.page import Page as Content
from helpcentre.content.project import Project
from helpcentre.lint import navigation
from helpcentre.site import (
    assets,
    built_pages,
    calendars,
    exports,
    finalize,
    headers,
    languages,
    links,
    pictures,
    rendering,
    scripts,
    settings,
    templates,
)
from helpcentre.site.kept import Kept, inputs
from helpcentre.site.on_demand import OnDemand
from macros.clock import VARIABLE
from macros.layout import CONTENT, DOCS, LANGUAGES, SITE, THEME, WORK
from macros.linked import KEY_DATES, LinkedPolicy
from macros.problem import Problem, ProblemsError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation, Section
    from mkdocs.structure.pages import Page

# The macros plugin prints at each build what it has loaded; writers need its warnings only.
logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)

_log = logging.getLogger("mkdocs.plugins.helpcentre")

_VALUE_LINK = re.compile(r'(?<=<a )class="row" href="[^"]*"')
KEY_DATES_PAGE = "key-dates.md"
_INSIGHTS = "assets/insights.js"
"""A script of the theme that only sites with `insights` publish."""


class Config(BaseConfig):  # type: ignore[no-untyped-call]
    """The plugin has no settings."""


class HelpCentrePlugin(BasePlugin[Config]):  # type: ignore[no-untyped-call]
    """Everything that a build adds to what MkDocs, Material and macros do."""

    project: Project
    address: str | None
    """Of the site, if it is known."""
    _untranslated: Mapping[str, languages.Untranslated] = MappingProxyType({})
    """The pages that only the original has, by path."""
    _topics: "list[Section]"
    _shown: Mapping[str, pictures.Picture]
    """The pictures of pages, by the name that pages call them by."""
    _site: Path
    """The folder of the whole site."""
    _assets: dict[str, str]
    """The address of each of the theme's assets, from the site's, by its path."""
    _inline: dict[str, str]
    """The theme's pictures that pages contain, by path."""
    _workers: Mapping[str, scripts.Script]
    """The search worker of each language, by tag."""
    _script: scripts.Script
    """Of the calculators."""
    _icons: list[str]
    """The folders of Material, which has icons and templates."""
    _others: Sequence[Callable[[], None]] = ()
    """Each waits for the end of the build of another language, or builds it."""

    def __init__(self) -> None:
        """Begin with nothing kept."""
        self._serving = False
        self._kept: Kept | None = None
        self._on_demand = OnDemand()
        self._compiled = templates.Compiled()

    def on_startup(self, *, command: str, **_: Any) -> None:
        """Remember which command runs. MkDocs keeps a plugin with this event between builds."""
        self._serving = command == "serve"
        if not self._serving:
            gc.disable()  # until the end: it would take a 25th of the build, and find little

    @event_priority(100)  # before the macros plugin, whose errors are less helpful
    def on_config(self, config: "MkDocsConfig") -> None:
        """Read the content. With errors nothing is written but to a folder that is removed.

        The build goes on to find the errors that only it can find, and ends in on_env().
        """
        self._on_demand.lock.acquire()
        root = Path(config.config_file_path).absolute().parent
        kept, self._kept = self._kept, None
        read_from = inputs(root) if self._serving else {}
        if not kept or kept.inputs != read_from:
            kept = Kept(read_from)
        is_preview = bool(os.environ.get(VARIABLE)) and Path(config.site_dir).name != SITE
        show_drafts = self._serving or is_preview
        try:
            self.project, problems = lint.read(root, kept.project, show_drafts=show_drafts)
        except ProblemsError as error:  # without values nothing can be read
            _stop_on(error.problems)
        insights, votes = config.extra.get("insights"), config.extra.get("votes")
        addresses = (config.site_url, config.extra.get("contact_url"), insights)
        votes = votes or os.environ.get("VOTES_URL")
        wrong = settings.check(*addresses, headers.framed_by(), votes=votes)
        wrong += settings.check_name(config.site_name, self.project.texts)
        self._problems = [*problems, *wrong]
        rules = {problem.rule for problem in problems}
        if self._serving or self.project.problems or "wording" in rules:
            _stop_on(self._problems)
        if self._problems:
            (root / WORK).mkdir(exist_ok=True)
            config.site_dir = mkdtemp(dir=root / WORK)
        self._unfilled = {problem.file for problem in problems if problem.rule == "values"}
        self.address = config.site_url
        self._leave_out_drafts(config)
        self._share_extensions(config)
        self._take_icons_out(config)
        self._building = kept
        kept.project = None if self._problems else self.project

    def _share_extensions(self, config: "MkDocsConfig") -> None:
        """Set Markdown up once, and not for each page."""
        texts, policy = self.project.texts, self.project.plain_policy
        config.mdx_configs.setdefault("footnotes", {})["BACKLINK_TITLE"] = str(
            texts.fill("back_from_footnote", policy, number="{}")
        )
        shared: Any = rendering.Shared(config.markdown_extensions, config.mdx_configs)
        config.markdown_extensions = [shared]

    def _take_icons_out(self, config: "MkDocsConfig") -> None:
        """Keep MkDocs from listing Material's 14,000 icons in the build of each language."""
        theme, own = config.theme, self.project.root / THEME
        has_icons = [path for path in theme.dirs if (Path(path) / ".icons").is_dir()]
        self._icons = [path for path in has_icons if Path(path).absolute() != own]
        theme.dirs = [path for path in theme.dirs if path not in self._icons]

    def _leave_out_drafts(self, config: "MkDocsConfig") -> None:
        """Take drafts that are not shown out of the menu, and let the others have bad links."""
        project = self.project
        config.nav = navigation.without(config.nav, project.hidden)
        for problem in project.problems:
            if problem.file.removeprefix(f"{DOCS}/") in project.hidden:
                _log.info("Not shown: %s", problem)
        if project.drafts & project.pages.keys():  # on_post_build checks the links of other pages
            config.validation.links.update(dict.fromkeys(config.validation.links, logging.INFO))

    def on_files(self, files: "Files", *, config: "MkDocsConfig") -> None:
        """Name our assets by their content, and leave out the theme's own scripts and styles.

        Of a picture beside the pages, what was made of it takes its place.
        """
        self._on_demand.makers.clear()
        self._assets, self._inline = {}, {}
        for source in self.project.drafts:
            if source not in self.project.hidden:
                files.src_uris[source].inclusion = InclusionLevel.NOT_IN_NAV
            elif hidden := files.get_file_from_path(source):
                files.remove(hidden)
        others = [file for file in files if not file.is_documentation_page()]
        for file in others:
            files.remove(file)
        for source, content in assets.of_theme(self.project.root / THEME):
            if source != _INSIGHTS or config.extra.get("insights"):
                self._assets[source] = hashed.named(source, content)
                files.append(_generated(config, source, self._assets[source], content))
                if source.endswith(".svg"):
                    self._inline[source] = assets.data_uri(content.decode())
        in_docs = (file.src_uri for file in others if file.src_dir == config.docs_dir)
        kept = self._building.made
        self._problems += pictures.make_all(in_docs, self.project.root, kept)
        for source, picture in kept.items():
            *smaller, largest = picture.files.items()
            files.append(_generated(config, source, *largest))  # which pages name by its source
            for name, content in smaller:
                files.append(_generated(config, name, name, content))
        self._shown = {picture.name: picture for picture in kept.values()}
        self._pictures = [file for file in files if not file.is_documentation_page()]
        self._calendars = calendars.make(self.project.day, self.project.root / WORK)

    def _begin_others(self, env: Environment, config: "MkDocsConfig") -> None:
        """Begin the builds of the other languages, once there is what they share.

        The minifier, which is a program in Go, waits for ever in a process that was forked.
        """
        self._site = Path(config.site_dir)
        templates.compile_all(env, self.project.root / THEME)
        if not self._building.workers:
            counts = bool(config.extra.get("insights"))
            self._building.workers = scripts.workers(self.project, counts=counts)
            self._building.calculators = scripts.calculators(self.project.root, self._calendars)
        self._workers, self._script = self._building.workers, self._building.calculators
        known, (script, content) = self._calendars, self._script
        self._write({f"{known.folder}/{code}.json": file for code, file in known.files.items()})
        self._write({script: content})

        def build(tag: str) -> None:
            self._build_language(tag, config, self._site / tag)

        if self._serving:
            makers = {f"/{tag}/": partial(build, tag) for tag in self.project.translations}
            self._on_demand.makers.update(makers)
        else:
            self._others = languages.begin(self.project.translations, build)

    def _build_language(self, tag: str, config: "MkDocsConfig", site: Path) -> None:
        """Build another language into the folder `site`. Raises PluginError with its errors."""
        project = self.project.translations[tag]
        address = config.site_url and f"{config.site_url}{project.language.address}"
        own = load_config(
            config.config_file_path,
            docs_dir=str(project.root / project.language.docs),
            site_dir=str(site),
            site_url=address,
        )
        kept = self._building.languages.setdefault(tag, Kept({}))
        plugin = TranslationPlugin(self, project, kept)
        plugins = PluginCollection()  # MkDocs would have this plugin again
        for name, known in own.plugins.items():
            plugins[name] = plugin if known is self else known
        own.plugins = plugins
        mkdocs_build(own)

    def on_nav(self, nav: "Navigation", **_: Any) -> None:
        """Keep the topics for the templates."""
        self._topics = [item for item in nav.items if item.children]

    def on_page_read_source(self, *, page: "Page", config: "MkDocsConfig", **_: Any) -> str:
        """Give MkDocs a page as the lint has read it, so that nothing else can be published."""
        content = self.project.pages[page.file.src_uri]
        page.title = page.title or content.front_matter.title
        body = self._body(content, config)
        if content.file in self._unfilled:
            body = rendering.without_macros(body)
        elif (own := self.project.plain_policy_of(content)) is not self.project.plain_policy:
            key_dates = config.extra.get("key_dates", KEY_DATES)
            body = template.render(body, LinkedPolicy(own, page.url, key_dates))
        return f"\n{body}"  # MkDocs would take a first line "Note: ..." for metadata

    def _body(self, content: Content, config: "MkDocsConfig") -> str:
        """Return the Markdown of a page."""
        return content.body

    def on_page_markdown(self, markdown: str, *, page: "Page", **_: Any) -> str:
        """Add the main heading, and what templates need of the page's content.

        Returns nothing for a page whose Markdown `serve` has rendered already.
        """
        content = self.project.pages[page.file.src_uri]
        if not self._problems:
            page.meta.update(templates.meta(content, self.project))
        markdown = rendering.with_title(content.front_matter.title, markdown)
        rendered = self._building.rendered.get(page.file.src_uri)
        if rendered and rendered[0] == markdown:
            return ""
        self._building.rendered[page.file.src_uri] = (markdown, "", None, None)
        return markdown

    def on_page_content(self, html: str, *, page: "Page", **_: Any) -> str:
        """Refuse HTML that runs code, however it came to be; let wide tables scroll."""
        markdown, known, toc, anchors = self._building.rendered[page.file.src_uri]
        if known:
            page.toc, page.present_anchor_ids = toc, anchors
            return known
        html = rendering.shown(html)
        source = page.file.src_uri
        content = self.project.pages[source]
        problems = (
            [] if content.file in self._unfilled else lint.check_rendered(content, markdown, html)
        )
        if problems and source in self.project.drafts:
            html = rendering.with_problems(html, problems)
        else:
            self._problems += problems
        html = rendering.finished(html, self._shown, self.project)
        rendered = (markdown, html, page.toc, page.present_anchor_ids)
        self._building.rendered[page.file.src_uri] = rendered
        return html

    def on_env(self, env: Environment, *, config: "MkDocsConfig", files: "Files") -> None:
        """Give templates the content, the values, and how they read; stop if there are errors."""
        if self._problems:
            self._stop(files, config)
        project = self.project
        env.autoescape = env.trim_blocks = env.lstrip_blocks = True
        env.optimized = False  # another build's or language's filters give something else
        env.bytecode_cache = self._compiled
        env.loader = FileSystemLoader([*config.theme.dirs, *self._icons])
        env.filters |= templates.filters(project, self._inline)
        env.filters |= {
            "asset": self._assets.__getitem__,
            "page_at": lambda path: self._untranslated.get(path) or files.src_uris[path].page,
        }
        self._begin_others(env, config)
        worker, content = self._workers[project.language.tag]
        self._write({worker: content})
        if config.extra.get("insights"):
            names = search.names_file(search.language_of(project))
            self._write({f"{search.FOLDER}/{name}": file for name, file in names.items()})
        env.globals |= templates.of_site(project, config.site_url or "")
        env.globals |= {
            "topics": self._topics,
            "drafts": [
                page
                for source in sorted(project.drafts & project.pages.keys())
                if (page := files.src_uris[source].page)
            ],
            "questions_count": sum(len(topic.children) - 1 for topic in self._topics),
            "search_worker": f"{worker}#{self._index_name(files)}",
            "calculators_script": self._script[0],
            "calendars": self._calendars,
        }

    def _stop(self, files: "Files", config: "MkDocsConfig") -> None:
        """Raise PluginError with all errors, broken links included; no page has been written."""
        pages = {
            file.dest_uri: built_pages.read_page(_VALUE_LINK.sub("", str(file.page.content)))
            for file in files.documentation_pages()
            if file.page
        }
        names = {file.dest_uri for file in files}
        base = urlsplit(config.site_url or "/").path
        sources = {f"{page.url}index.html": page for page in self.project.pages.values()}
        broken = links.broken(names, pages, sources, base)
        if Path(config.site_dir).parent == self.project.root / WORK:
            shutil.rmtree(config.site_dir)
        _stop_on(sorted({*self._problems, *broken}))

    def _index_name(self, files: "Files") -> str:
        """Make the search index, or under `serve` see that it is made when needed; name it."""
        pages = {source: files.src_uris[source].page for source in self.project.pages}
        html = {source: str(page.content) for source, page in pages.items() if page}
        if self._serving:
            name = f"index-{self.project.language.tag}.bin"
            self._index = (
                f"/{search.FOLDER}/{name}",
                lambda: self._write(search.published(self.project, html, name)[1]),
            )
            return name
        name, made = search.published(self.project, html)
        self._write(made)
        return name

    def _write(self, contents: Mapping[str, bytes]) -> None:
        """Write files into the site, by path. MkDocs has emptied its folder before."""
        files = {self._site / path: content for path, content in contents.items()}
        for folder in {file.parent for file in files}:
            folder.mkdir(parents=True, exist_ok=True)
        for file, content in files.items():
            file.write_bytes(content)

    def on_post_build(self, *, config: "MkDocsConfig") -> None:
        """Write what is for programs, and refuse a site with a link that leads nowhere."""
        messages = []
        for wait in self._others:
            try:
                wait()
            except PluginError as error:
                messages.append(str(error).strip())
        _stop_on(messages)
        exports.write(self._site, self.project, config.site_url or "")
        base = urlsplit(config.site_url or "/").path
        if self._serving:
            pages = built_pages.read(self._site)
            sources = links.sources_of(self.project)
            broken = links.check(self._site, pages, sources, base, partly=True)
            _stop_on(problem for problem in broken if not self.project.in_draft(problem))
            part, make = self._index
            self._on_demand.makers[part] = make
        else:
            _stop_on(finalize.finalize(self._site, self.project, base))
        gc.enable()
        self._kept = self._building
        self._on_demand.lock.release()

    def on_build_error(self, **_: Any) -> None:
        """Keep nothing of a build that failed, so that the next one reports all errors."""
        gc.enable()
        self._kept = None
        try:
            self._on_demand.lock.release()
        except RuntimeError:  # released already: MkDocs failed after on_post_build
            self._on_demand.makers.clear()

    def on_serve(self, server: "LiveReloadServer", **_: Any) -> None:
        """Watch what builds read, and make what is left until somebody asks for it."""
        for folder in (CONTENT, LANGUAGES, THEME):
            server.watch(str(self.project.root / folder))
        server.set_app(self._on_demand.app(server.serve_request))


class TranslationPlugin(HelpCentrePlugin):  # type: ignore[no-untyped-call]
    """The same for another language than the original, whose build this one is a part of."""

    def __init__(self, original: HelpCentrePlugin, project: Project, kept: Kept) -> None:
        """Take what the original's build has read and made."""
        super().__init__()
        self.load_config({})
        self.project, self._building, self._original = project, kept, original
        self._problems, self._unfilled = [], set()
        self._assets, self._inline = original._assets, original._inline
        self._shown, self._calendars = original._shown, original._calendars
        self._workers, self._script = original._workers, original._script
        self._compiled, self._site = original._compiled, original._site
        self._serving, self._on_demand = original._serving, original._on_demand
        source = project.original or project
        self._untranslated = {
            path: languages.Untranslated.of(page, source, original.address)
            for path, page in source.pages.items()
            if path not in project.pages
        }

    def _begin_others(self, *_: Any) -> None:
        """Leave it to the original's build."""

    @event_priority(100)
    def on_config(self, config: "MkDocsConfig") -> None:
        """Have MkDocs build the pages of this language, and let links lead to the original's."""
        config.theme.static_templates -= {"sitemap.xml"}
        config.nav = languages.translated_nav(config.nav, self.project)
        config.validation.nav.not_found = logging.DEBUG
        config.validation.links.unrecognized_links = logging.DEBUG
        if KEY_DATES_PAGE in self._untranslated:
            config.extra["key_dates"] = f"{languages.ORIGINAL}{KEY_DATES}"
        self._share_extensions(config)
        self._take_icons_out(config)

    def on_files(self, files: "Files", **_: Any) -> None:
        """Leave out what the original's build writes, but for pictures, which pages name by path.

        A page that is not translated is in none of the lists of pages; links lead to the original.
        """
        for file in list(files):
            if not file.is_documentation_page() or file.src_uri not in self.project.pages:
                files.remove(file)
        for picture in self._original._pictures:
            if picture.src_uri not in self._assets:
                files.append(picture)

    def on_nav(self, nav: "Navigation", **_: Any) -> None:
        """Keep the topics for the templates, with untranslated pages."""
        languages.add_untranslated(nav, self._untranslated)
        super().on_nav(nav)

    def _body(self, content: Content, config: "MkDocsConfig") -> str:
        """Return the Markdown of a page, with the original's ids of headings, and links to it."""
        body = languages.to_original(content.body, content.source, self._untranslated)
        original = self._original.project.pages[content.source].body
        return languages.with_ids_of(body, original, config.mdx_configs["toc"]["slugify"])

    def on_template_context(self, context: Any, *, config: "MkDocsConfig", **_: Any) -> None:
        """Give the page for wrong addresses, which is shown at any, the address of its language."""
        own = self.project.language.address
        base = urlsplit((config.site_url or "/").removesuffix(own)).path
        context["base_url"] = f"{base}{own}".rstrip("/")

    def on_post_page(self, output: str, **_: Any) -> str:
        """Let links to pages that are not translated lead to the original's, and say so."""
        return languages.with_links_to_original(output, self.project)

    def on_post_template(self, output_content: str, **_: Any) -> str:
        """Do the same on the page for wrong addresses."""
        return languages.with_links_to_original(output_content, self.project)

    def on_post_build(self, *, config: "MkDocsConfig") -> None:
        """Write llms.txt, and let search have its index; the original's build does the rest."""
        if self._serving:
            part, make = self._index
            self._on_demand.makers[part] = make
        exports.write_llms(Path(config.site_dir), self.project, config.site_url or "")

    def on_build_error(self, **_: Any) -> None:
        """Leave it to the original's build."""


def _generated(config: "MkDocsConfig", source: str, name: str, content: bytes) -> File:
    """Return a file that pages name as `source`, and that is published as `name`."""
    file = File.generated(config, source, content=content)
    file.dest_uri = name
    return file


def _stop_on(problems: Iterable[Problem | str]) -> None:
    """Raise PluginError, which MkDocs prints without a traceback, if there are any problems."""
    if message := "\n".join(map(str, problems)):
        raise PluginError(f"\n{message}")
