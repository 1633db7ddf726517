"""Help centres of a made-up bicycle shop, in the shapes that other tools keep them in."""

import json
from pathlib import Path

TASKS = (
    ("Change a flat tyre", "tyre", "Take the wheel out", "Pull the tube from the tyre"),
    ("Charge the battery", "battery", "Lift the flap of the frame", "Plug the charger in"),
    ("Pair the display", "display", "Hold the round button", "Choose the bicycle in the app"),
    ("Adjust the saddle", "saddle", "Open the lever", "Move the post up or down"),
    ("Lock your bicycle", "lock", "Turn the key to the left", "Push the bolt in"),
    ("Clean the chain", "chain", "Wipe it with a dry cloth", "Put one drop of oil on each link"),
    ("Fit a child seat", "child-seat", "Mount the holder", "Click the seat into it"),
    ("Replace the brake pads", "brakes", "Loosen the screw", "Slide the old pads out"),
    ("Register your frame number", "register", "Turn the bicycle over", "Type the number"),
    ("Send a bicycle by parcel", "parcel", "Take the pedals off", "Wrap the frame"),
)
QUESTIONS = (
    "Why does my order say waiting?",
    "Can I ride before I pay?",
    "Which size fits me?",
    "What does the warranty leave out?",
    "Do you take old bicycles back?",
    "Why was my card refused?",
    "How do I return a helmet?",
    "Who assembles the bicycle?",
    "May I change the colour?",
    "Where is the nearest workshop?",
)
POLICIES = (
    "Returns", "Warranty", "Privacy", "Cookies", "Deliveries",
    "Vouchers", "Rentals", "Repairs", "Test rides", "Second-hand bicycles",
)  # fmt: skip
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    """Write files below `folder`, by path."""
    for file, content in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def how_to(folder: Path) -> None:
    """Write ten short articles of steps with screenshots, as Jekyll has them."""
    for n, (title, name, first, second) in enumerate(TASKS):
        _, other, *_ = TASKS[n - 1]
        dated = n % 2
        file = f"_posts/2019-03-{n + 10}-{name}.md" if dated else f"guides/{name}.md"
        link = f"{{{{ site.baseurl }}}}/help/{other}/"
        if not (n - 1) % len(TASKS) % 2:
            link = f"{{% link guides/{other}.md %}}"
        address = f"permalink: /help/{name}/\n" if dated else ""
        write(
            folder,
            {
                file: f"---\nlayout: article\ntitle: {title}\n{address}redirect_from:\n  - /old/{name}.html\n---\n"
                f"You need no tools for this.\n\n1. {first}.\n\n    ![{title}](/img/{name}.png)\n\n"
                f"2. {second}.\n3. Check that nothing moves.\n\nSee also [the other one]({link}#top).\n",
                f"img/{name}.png": PICTURE + name.encode(),
            },
        )


def faq(folder: Path) -> None:
    """Write ten answers with nested lists, notes and tables: five of Docusaurus, five of Hugo."""
    for n, question in enumerate(QUESTIONS):
        if n % 2:
            front = f'+++\ntitle = "{question}"\naliases = ["/faq/{n}/", "old-{n}"]\nslug = "q-{n}"\n+++\n'
            file, link = (
                f"content/faq/question-{n}.md",
                f'{{{{< relref "question-{n or 1}.md" >}}}}',
            )
        else:
            front = f"---\nid: q{n}\ntitle: {question}\nslug: /questions/q-{n}\nsidebar_position: {n}\n---\n"
            file, link = f"docs/faq/0{n}-question-{n}.mdx", f"./0{n}-question-{n}.mdx"
        write(
            folder,
            {
                file: f"{front}\n# {question}\n\nIt depends on three things:\n\n- the frame\n    - steel\n"
                f"    - wood, which [needs care]({link})\n- the wheels\n\n## In short {{#in-short}}\n\n"
                "| part | cost |\n|---|---|\n| bell | small |\n| lamp | larger |\n\n"
                ":::tip\n\nAsk in the shop.\n\n:::\n\n> It is never urgent.\n\n```\n[not](a-link.md)\n```\n"
            },
        )


def policies(folder: Path) -> None:
    """Write ten long pages with anchors and definition lists, as Zendesk exports them."""
    host = "https://help.bicycles.example/hc/en-us/articles"
    articles = []
    for n, title in enumerate(POLICIES):
        other = (n + 1) % len(POLICIES)
        name = POLICIES[other].replace(" ", "-")
        articles.append(
            {
                "id": 7000 + n,
                "html_url": f"{host}/{7000 + n}-{title.replace(' ', '-')}",
                "title": title,
                "draft": False,
                "body": f'<p>These are the rules of <strong>{title}</strong>.</p><h2 id="h_{n}">Who may ask</h2>'
                "<ul><li>members<ul><li>of a year</li><li>of a day</li></ul></li><li>guests</li></ul>"
                "<dl><dt>Guest</dt><dd>Somebody without an account.</dd><dt>Member</dt><dd>All others.</dd></dl>"
                f'<p>Read <a href="{host}/{7000 + other}-{name}#h_{other}">{POLICIES[other]}</a> and'
                f' <a href="/hc/en-us/articles/{7000 + other}">again</a>.</p>'
                '<table><thead><tr><th>What</th><th>Who</th></tr></thead><tbody><tr><td colspan="2">All</td>'
                '</tr></tbody></table><p><iframe src="https://video.example/1"></iframe></p>'
                '<p><img src="https://help.bicycles.example/hc/article_attachments/1/a.png" alt="A form"></p>',
            }
        )
    text = json.dumps({"count": len(articles), "next_page": None, "articles": articles}, indent=2)
    write(folder, {"policies/export.json": text})
