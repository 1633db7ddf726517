"""A translation says what its original says: nothing is dropped, added, typed or left behind."""

import re
import shutil
from pathlib import Path

import pytest
from babel.units import format_unit

from helpcentre import lint
from helpcentre.content import read
from helpcentre.content.number_words import numbers_in
from helpcentre.lint import files
from macros.phrases import Unit
from tests.lint.translated import change, spanish
from tests.project import LINTED, Project, own_content, problems

CANCEL = "languages/es/docs/cancellations/cancel-an-order.md"
TEXTS = "languages/es/texts.yml"
FLOW = "languages/es/flows/can-i-still-cancel.yml"
ENGLISH = "docs/cancellations/cancel-an-order.md"
OWN = own_content()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (CANCEL, r"^2\. .*\n", "", "has an item of a list: a translation has the same parts in the same order"),
        (CANCEL, r"^!!! exception .*\n\n    .*\n", "", "has a note of the kind '!!! exception': a translation has the same parts"),
        (CANCEL, r"^## .*", r"#\g<0>", "found a heading of level 3 where docs/cancellations/cancel-an-order.md:16 has a heading of level 2"),
        (CANCEL, r"^2\. .*", "2. Pulsa el botón.", "drops the value policy.cancel_button; see docs/cancellations/cancel-an-order.md:19"),
        (CANCEL, r"^2\. ", "2. {{ policy.refund_arrival }} ", "adds the value policy.refund_arrival"),
        (CANCEL, r"\(after-you-request\.md\)", "(seller-refused.md)", "drops the link after-you-request.md"),
        (CANCEL, r"^description: .*", "description: Puedes pedir la cancelación si el pedido está en el estado que permite hacerlo.", "the description drops the value policy.awaiting_shipment"),
        (CANCEL, r"^2\. ", "2. En 72 horas, ", "'72' is typed by hand: state it by a value, or say it in other words"),
        (CANCEL, r"^2\. ", "2. En setenta y dos horas, ", "'setenta y dos horas' is typed by hand"),
        (CANCEL, r"^2\. ", "2. Haz clic en «Cancel Order». ", "'Cancel Order' is typed by hand: use {{ policy.cancel_button }}"),
        (CANCEL, r"^2\. ", "2. \u2067", "has a character that sets a direction: remove it"),
        (CANCEL, r"of: \w+", "of: 123", "expected the hash that an error or 'make translations' names, found '123'"),
        (CANCEL, r"of: \w+, ", "", "name the original that was translated: translation: {of: "),
        (CANCEL, r"^title: ", "sources: [F1]\ntitle: ", "unknown key 'sources'"),
        (CANCEL, r"\{\{ policy.cancel_button \}\}", "{{ policy.cancel_buton }}", "unknown value 'policy.cancel_buton'"),
        (CANCEL, r"^1\. .*", "1. Check that the order status is {{ policy.awaiting_shipment }}.", "this part is not translated; see docs/cancellations/cancel-an-order.md:18"),
        (CANCEL, r"^title: .*", "title: How do I cancel an order?", "the title is not translated: see docs/cancellations/cancel-an-order.md"),
        ("languages/es/docs/refunds/check-refund-status.md", r"^Ahí se indica", "Ahí dice", "must state the fact F7 (The order details show whether the refund has been successfully processed.) by the words 'ahí se indica"),
        (CANCEL, r'^!!! exception ".*', "!!! exception", 'its title would be English: write !!! note "Title"'),
        (CANCEL, r"^2\. .*\n", r"\g<0>\n> [!NOTE]\n> Una nota.\n", 'its title would be English: write !!! note "Title"'),
        (CANCEL, r"^!!! exception", "??? exception", "found a note of the kind '??? exception' where docs/cancellations/cancel-an-order.md:"),
        (CANCEL, r"^!!! exception", "!!! note", "found a note of the kind '!!! note' where docs/cancellations/cancel-an-order.md:"),
        (CANCEL, r"^(!!! exception .*\n\n)    ", r"\1", "a paragraph is inside of another part than in the original"),
        (CANCEL, r"^2\. ", "2. &rlm;", "has a character that sets a direction: remove it"),
        (CANCEL, r"^2\. ", "2. &#x202e;", "has a character that sets a direction: remove it"),
        (CANCEL, r"^2\. ", "2. <bdi>", "has HTML that sets a direction: remove it"),
        (CANCEL, r"^2\. ", '2. <span dir="rtl">', "has HTML that sets a direction: remove it"),
        ("languages/ru/facts.yml", r"policy\.seller_response_time\.plain", "policy.seller_respons_time.plain", "unknown value 'policy.seller_respons_time"),
        (CANCEL, r"^(Haz clic en .*)", r"\1 Espera setenta y dos\nhoras.", "'setenta y dos horas' is typed by hand"),
        ("languages/ru/docs/cancellations/cancel-an-order.md", r"^2\. ", "2. В течение трёх дней ", "'трех дней' is typed by hand"),
        (CANCEL, r"^2\. ", "2. ② ", "'2' is typed by hand"),
        ("languages/ru/docs/cancellations/cancel-an-order.md", r"^2\. .*", "2. Нажмите Submit.", "'Submit' is typed by hand: use {{ policy.submit_button }}"),
        ("languages/zh-hans/docs/cancellations/cancel-an-order.md", r"^2\. .*", "2. 请点击Submit。", "'Submit' is typed by hand: use {{ policy.submit_button }}"),
        (TEXTS, r"^  all_topics: .*", "  all_topics: Los 12 temas", "'all_topics' types '12' by hand, instead of stating it by a value"),
        (TEXTS, r"^  all_topics: .*", '  all_topics: "Todos { x } los temas"', "'all_topics': has a brace that belongs to no {slot} and no value"),
        (TEXTS, r"^    words: El botón que envía.*", "    words: El <b>botón</b>", "'submit_button': expected words without HTML"),
        (TEXTS, r"^    words: El botón que envía.*", "    words: El botón de 3 pasos", "'3' is typed by hand"),
        (TEXTS, r"^  submit_button:", "  submit_buton: {of: 0123456789, words: El botón}\n  submit_button:", "'means' has 'submit_buton', which is no value: remove it"),
        ("languages/pt-br/language.yml", r"^locale: pt_BR", "locale: pt_PT", "the locale pt_PT is not of BR, as the tag is"),
        ("languages/zh-hans/language.yml", r"^locale: zh_Hans_CN", "locale: zh_Hant_TW", "the locale zh_Hant_TW is not of Hans, as the tag is"),
        (TEXTS, r"^  all_topics: .*", "  all_topics: All topics", "'all_topics' is not translated: see languages/en/texts.yml"),
        (FLOW, r"^title: .*", "title: Can I still cancel?", "this text is not translated"),
        (FLOW, r"^title: ", "title: \u2067", "has a character that sets a direction: remove it"),
        ("languages/ar/synonyms.yml", r"\Z", "# \u200f", "has a character that sets a direction: remove it"),
        ("languages/es/search.yml", r"^  - enero.*\n", "", "'months' names 11 months: expected 12"),
        ("languages/zh-hans/docs/contact.phrases.txt", r"\A", "怎么联系客服\n怎么，联系客服？\n", "the search phrase '怎么，联系客服？' is already in languages/zh-hans/docs/contact.phrases.txt:1; remove one"),
        (TEXTS, r"^  care: .*\n", "", "the text 'care' is missing: translate it from languages/en/texts.yml"),
        (TEXTS, r"^  care: ", "  caring: Hola\n  care: ", "unknown text 'caring' (did you mean 'care'?): languages/en/texts.yml has none"),
        (TEXTS, r"\{day\}", "", "'last_checked' lacks {day}"),
        (TEXTS, r"\{day\}", "{day} {day}", "'last_checked' has one too many of {day}"),
        (TEXTS, r"\{\{ policy.customer_care_hours \}\}", "siempre", "'care_hours' lacks {{ policy.customer_care_hours }}"),
        ("languages/ru/texts.yml", r"^    few: .*\n", "", "lacks the plural few"),
        ("languages/zh-hans/texts.yml", r"^    other: ", "    one: one\n    other: ", "has the plural one, which the language does not have"),
        ("languages/ru/language.yml", r"\bfew: ", "paucal: ", "lacks the plural few"),
        ("languages/ru/language.yml", r'(\bone: ")\{count\} ', r"\1", "must have {count}: it is said of several numbers"),
        ("languages/zh-hans/docs/cancellations/cancel-an-order.md", r"^2\. ", "2. 百分之五，", "'百分之' is typed by hand"),
        ("languages/zh-hans/docs/cancellations/cancel-an-order.md", r"^2\. ", "2. 十元，", "'十元' is typed by hand"),
        ("languages/zh-hans/docs/cancellations/cancel-an-order.md", r"^2\. ", "2. 叁个自然日，", "'叁个自然日' is typed by hand"),
        ("languages/ar/docs/cancellations/cancel-an-order.md", r"^2\. ", "2. أَرْبَعَة أيام ", "'أربعة أيام' is typed by hand"),
        ("languages/ru/docs/cancellations/cancel-an-order.md", r"^2\. ", "2. Через девятьсот ", "'девятьсот' is typed by hand"),
        (CANCEL, r"^2\. ", "2. En enero, ", "'enero' is typed by hand"),
        # Left in English
        (CANCEL, r"^2\. ", "2. Please ask customer care. ", "'Please ask customer care ...' is English: translate it"),
        (CANCEL, r"^title: .*", "title: How may I cancel my order?", "is English: translate it"),
        (CANCEL, r"^2\. .*", r"\g<0> <em>The seller decides it alone.</em>", "is English: translate it"),
        (TEXTS, r"^  close_search: .*", "  close_search: Close the search", "'Close the search ...' is English: translate it"),
        (FLOW, r"^(    result: ).*", r"\1You cannot cancel this order", "'You cannot cancel this order ...' is English"),
        ("languages/zh-hans/docs/cancellations/cancel-an-order.md", r"^2\. ", "2. Wait for the seller. ", "'Wait for the seller ...' is English"),
        # Hidden, or shown otherwise
        (CANCEL, r"^2\. (.*)", r"2. ~~\1~~", "this part adds the mark ~~"),
        (CANCEL, r"^(2\. .*)", r"\1 {: hidden }", "this part adds the mark hidden"),
        (CANCEL, r"^(2\. .*)", r"\1 `código`", "this part adds the mark `código`"),
        ("languages/es/docs/glossary.md", r"#awaiting-shipment", "#esperando", "this part adds the mark #esperando"),
        (CANCEL, r"^!!! exception (.*)\n\n    .*", r"!!! exception \1\n\n    &nbsp;", "this part is empty"),
        (CANCEL, r"\Z", "\n[d]: which-reason.md\n", "the page adds the link which-reason.md"),
        (CANCEL, r"^2\. ", '2. [Así](which-reason.md "Tienes 3 días") ', "'3' is typed by hand"),
        (CANCEL, r"\Z", "\n[^a]: Pulsa Cancel Order en 3 días.\n", "found a footnote where"),
        (CANCEL, r"^title: .*", r'title: "\\u202e¿Cómo cancelo un pedido?"', "has an escape that sets a direction: remove it"),
        # The language itself
        ("languages/es/language.yml", r'other: "\{count\} días hábiles"', 'other: "{count} o 30 días hábiles"', "'phrases.units.business day.other': states 30: expected no number of its own"),
        ("languages/es/language.yml", r"^  noon: .*", "  noon: 11:00 h", "'phrases.noon': states 11: expected no number of its own"),
        ("languages/es/language.yml", r"^  range: .*", '  range: "de {max} a {min}"', "'phrases.range': must have {min} before {max}"),
        ("languages/es/language.yml", r"^  places: .*", "  places: {CHN: {from: China}}", "'phrases.places.CHN': expected an ISO 3166 country code"),
        ("languages/es/language.yml", r"^    business day: .*", "    hour: {one: '{count} h', many: '{count} h', other: '{count} h'}", "'phrases.units.business day' is missing: Unicode CLDR has no words for it"),
        ("languages/es/language.yml", r"^max_sentence: .*", "max_sentence: 32\ndescription: [160, 50]", "'description': expected the fewest characters, then the most"),
        (TEXTS, r"\{first\}(.*)\{last\}", r"{last}\1{first}", "'holds' must have {first} before {last}"),
        (TEXTS, r"^(  search_found:\n    one: )1", r"\g<1>2", "'search_found' types '2' by hand"),
        ("languages/fr/language.yml", r"^name: .*", "name: Español", "languages/es/language.yml has the same name: readers could not choose"),
        ("languages/fr/language.yml", r"^numbers: >-\n(?:  .*\n)*", "", "'numbers' needs words: without them numbers in words are not found"),
        ("languages/ru/language.yml", r"^  date: .*", "  date: d MMMM", "'phrases.date': must have EEEE and y once"),
        (CANCEL, r"^2\. ", "2. Cinco por ciento. ", "'cinco' is typed by hand"),
        (CANCEL, r"^2\. ", "2. En un día hábil, ", "'un día' is typed by hand"),
        (CANCEL, r"^2\. ", "2. En media hora, ", "'media hora' is typed by hand"),
        ("languages/ar/docs/cancellations/cancel-an-order.md", r"^2\. ", "2. خلال يومين ", "'يومين' is typed by hand"),
        ("languages/ar/docs/cancellations/cancel-an-order.md", r"^2\. ", "2. بثلاثة ", "'بثلاثة' is typed by hand"),
        ("languages/ar/docs/cancellations/cancel-an-order.md", r"^2\. ", "2. خلال يوم واحد ", "'يوم واحد' is typed by hand"),
        ("languages/zh-hans/docs/cancellations/cancel-an-order.md", r"^2\. ", "2. 一天内，", "'一天' is typed by hand"),
        (TEXTS, r"^  all_topics: .*", "  all_topics: Pulsa Cancel Order", "'Cancel Order' is typed by hand: use {{ policy.cancel_button }}"),
        (TEXTS, r"^(  all_topics_counted:\n    one: ).*", r'\1"All {count} topics"', "'all_topics_counted' is not translated"),
        (TEXTS, r"^(  all_topics_counted:\n    one: .*\n    many: ).*", r"\1Todos los temas", "'all_topics_counted' lacks {count}"),
        (TEXTS, r"^translation: .*", "", "name the original that was translated: translation: {of: "),
        (FLOW, r"^(    result: ).*", r"\1Haz clic en Cancel Order", "'Cancel Order' is typed by hand"),
        (FLOW, r"^translation: .*", "", "name the original that was translated: translation: {of: "),
        (FLOW, r"facts: \[F9\]", "facts: []", "expected 'link: contact.md' and 'facts: [F9]', as in the original"),
        ("languages/es/facts.yml", r"\{\{ policy.refund_arrival.plain \}\} ", "", "F6: drops the value policy.refund_arrival"),
        ("languages/en/facts.yml", r"^(F6:\n  of: )\w+", r"\g<1>0123456789", "the fact F6 has changed (How long"),
        ("languages/fr/language.yml", r"^tag: fr", "tag: it", "the locale fr is of another language than it"),
        ("languages/fr/language.yml", r"^tag: fr", "tag: french", "expected a language tag such as es, pt-BR or zh-Hans"),
        (FLOW, r"next: shipped_from", "next: seller", "expected 'next: shipped_from', as in the original, found 'next: seller'; see languages/en/flows/can-i-still-cancel.yml"),
        (FLOW, r"^(    result: ).*", r"\1Espera 3 días", "'3' is typed by hand"),
        ("languages/es/docs/contact.phrases.txt", r"\A", "en 72 horas\n", "names '72'; leave the number out"),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_with_its_file_and_line(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    tags = {"es", file.split("/")[1]}
    copy = Project.copy(tmp_path / "project", *LINTED, translations=tags)
    found = change(copy, file, old, new)
    assert [line for line in found if re.match(rf"{file}:\d+: ", line) and message in line], found


def test_phrases_of_the_original_are_none_of_the_translations_own(bilingual: Project) -> None:
    file = "languages/es/docs/contact.phrases.txt"
    shutil.copy(bilingual.root / "docs/contact.phrases.txt", bilingual.root / file)
    (found,) = [each for each in problems(bilingual) if "found 0 search phrases" in each]
    assert found.startswith(f"{file}:1: ")
    assert "put the question in their language" in found


@pytest.mark.slow
def test_a_missing_form_of_a_place_is_named_with_its_key(everywhere: Project) -> None:
    found = change(everywhere, "languages/ru/language.yml", r"CN: \{from: ", "CN: {near: ")
    (line, *_) = [each for each in found if each.startswith("languages/ru/docs/orders/contact")]
    assert "unknown value 'policy.cancellable_from.from'" in line
    assert "name it in 'phrases.places.CN.from' of languages/ru/language.yml" in line
    change(everywhere, "languages/pt-br/language.yml", r"^    remain: ", "    stay: ")
    (line, *_) = [each for each in problems(everywhere) if each.startswith("languages/pt-br/docs")]
    assert "a verb is named in 'phrases.verbs.remain' of languages/pt-br/language.yml" in line


FOOTNOTE = "\n[^1]: Not within {{ policy.seller_response_time }}.\n"


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("\n[^1]: No dentro de {{ policy.seller_response_time }}.\n", ""),
        ("\n[^1]: No hoy.\n", "this part drops the value policy.seller_response_time"),
        ("\n[^1]: No en 3 días.\n", "'3' is typed by hand"),
        ("", "found nothing more where docs/cancellations/cancel-an-order.md:"),
    ],
)
def test_footnotes_are_compared_as_well(bilingual: Project, own: str, message: str) -> None:
    for file, note in ((ENGLISH, FOOTNOTE), (CANCEL, own)):
        with (bilingual.root / file).open("a", encoding="utf-8") as page:
            page.write(note)
        change(bilingual, file, r"^(2\. .*)\.$", r"\1[^1].")
    original = read(bilingual.root).pages["cancellations/cancel-an-order.md"]
    found = change(bilingual, CANCEL, r"of: \w+", f"of: {original.hash}")
    assert any(message in each for each in found) if message else not found, found


def test_tabs_have_titles_in_their_language(bilingual: Project) -> None:
    tabs = '\n=== "{}"\n\n    {}\n\n=== "iOS"\n\n    {}\n'
    for file, words in (
        (ENGLISH, ("Phone", "Tap.", "Press.")),
        (CANCEL, ("Móvil", "Toca.", "Pulsa.")),
    ):
        with (bilingual.root / file).open("a", encoding="utf-8") as page:
            page.write(tabs.format(*words))
    original = read(bilingual.root).pages["cancellations/cancel-an-order.md"]
    assert change(bilingual, CANCEL, r"of: \w+", f"of: {original.hash}") == []


def test_a_number_that_the_original_types_may_be_typed(bilingual: Project) -> None:
    with (bilingual.root / ENGLISH).open("a", encoding="utf-8") as page:
        page.write("\nSee the law of 5 March 2012. {# typed: the title of a law #}\n")
    with (bilingual.root / CANCEL).open("a", encoding="utf-8") as page:
        page.write("\nMira la ley del 5/3/2012.\n")
    original = read(bilingual.root).pages["cancellations/cancel-an-order.md"]
    found = change(bilingual, CANCEL, r"of: \w+", f"of: {original.hash}")
    assert found
    assert change(bilingual, CANCEL, r"5/3/2012", "2012") == []


def test_cells_of_tables_are_compared(bilingual: Project) -> None:
    table = "\n| {} | {} |\n|---|---|\n| {{{{ policy.{} }}}} | {{{{ policy.{} }}}} |\n"
    names = ["seller_response_time", "refund_arrival"]
    for file, heads, own in (
        (ENGLISH, ("Seller", "Bank"), names),
        (CANCEL, ("Vendedor", "Banco"), names[::-1]),
    ):
        with (bilingual.root / file).open("a", encoding="utf-8") as page:
            page.write(table.format(*heads, *own))
    original = read(bilingual.root).pages["cancellations/cancel-an-order.md"]
    found = change(bilingual, CANCEL, r"of: \w+", f"of: {original.hash}")
    assert any("this part drops the value policy.seller_response_time" in each for each in found)


def test_a_comment_in_the_original_changes_nothing(bilingual: Project) -> None:
    bilingual.edit("docs/orders/track-parcel.md", "\n## ", "\n<!-- todo -->\n\n{# nb #}\n\n## ")
    assert problems(bilingual) == []
    content = spanish(bilingual)
    assert not content.withdrawn
    assert not any(map(content.is_stale, content.pages.values()))


def test_a_language_that_was_copied_must_be_translated(bilingual: Project) -> None:
    shutil.copytree(bilingual.root / "languages/es", bilingual.root / "languages/it")
    for name, own in (("tag", "it"), ("locale", "it"), ("name", "Italiano")):
        path = bilingual.root / "languages/it/language.yml"
        text = re.sub(rf"(?m)^{name}: .*", f"{name}: {own}", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
    found = problems(bilingual)
    assert any(
        "texts are those of Español, in languages/es: translate the one that was copied" in each
        for each in found
    )
    assert any("'numbers' are those of Español" in each for each in found)
    page = "is the same as languages/es/docs/contact.md: translate the one that was copied"
    assert any(each.startswith(f"languages/it/docs/contact.md:1: {page}") for each in found)


@pytest.mark.slow
def test_a_place_needs_the_forms_of_every_country_that_it_will_be(everywhere: Project) -> None:
    everywhere.set_value(
        "cancellable_from",
        "rows:\n      - {from: 2020-01-01, value: {kind: place, country: CN}}"
        "\n      - {from: 2027-03-01, value: {kind: place, country: VN}}",
    )
    message = "'phrases.places.VN.from' is missing: a value is VN on some days, and CN on others"
    for tag in ("fr", "pt-br", "ru"):
        assert [
            each
            for each in problems(everywhere)
            if re.match(rf"languages/{tag}/language\.yml:\d+: {re.escape(message)}", each)
        ]


def test_a_language_of_one_page_needs_no_flow(bilingual: Project) -> None:
    shutil.rmtree(bilingual.root / "languages/es/flows")
    for path in (bilingual.root / "languages/es/docs").rglob("*.*"):
        if path.name != "index.md" or path.parent.name != "docs":
            path.unlink()
    assert problems(bilingual) == []


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("ar", "لست متأكدًا من حالة الطلب"),
        ("es", "un segundo pedido; ambos casos; todos los días"),
        ("fr", "une seconde commande, un produit neuf, et ainsi de suite"),
        ("pt-br", "uma informação útil sobre um segundo pedido"),
        ("ru", "еще один способ, и снова вместе"),
        ("zh-hans", "同一天，每一天，第一年，同一日期，唯一日期，统一周期"),
    ],
)
def test_words_that_are_no_numbers_may_be_typed(tag: str, words: str) -> None:
    language = OWN.translations[tag].language
    assert list(numbers_in(words, language)) == []


def test_months_are_found_by_their_whole_names() -> None:
    catalan = OWN.translations["es"].language.model_copy(update={"tag": "ca", "locale": "ca"})
    assert list(numbers_in("de la botiga", catalan)) == []
    assert list(numbers_in("a partir de gener", catalan)) == [(0, "de gener")]


def test_a_proof_holds_across_a_link(bilingual: Project) -> None:
    bilingual.edit(
        "docs/orders/contact-the-seller.md",
        "contact the seller for more information",
        "[contact the seller for more information](track-parcel.md)",
    )
    assert problems(bilingual) == []


@pytest.mark.slow
def test_brand_names_are_of_any_language(everywhere: Project) -> None:
    for tag in ("es", "ru", "zh-hans"):
        file = f"languages/{tag}/docs/cancellations/cancel-an-order.md"
        change(everywhere, file, r"^2\. ", "2. Apple Pay, Google Pay, PayPal Credit: ")
    assert problems(everywhere) == []


def test_pages_leave_the_addresses_of_languages_alone(bilingual: Project) -> None:
    folder = bilingual.root / "docs/es"
    folder.mkdir()
    (folder / "late.md").write_text("---\ntitle: Late?\ndraft: true\n---\n", encoding="utf-8")
    found = [str(each) for each in files.check(read(bilingual.root))]
    message = "'es/' is the address of a language: rename the folder or page"
    assert found == [f"docs/es/late.md:1: {message}"]


@pytest.mark.parametrize(
    ("tag", "hours"),
    [
        ("ru", {1: "1 час", 2: "2 часа", 5: "5 часов", 21: "21 час", 72: "72 часа"}),
        ("ar", {0: "0 ساعة", 1: "ساعة", 2: "ساعتان", 3: "3 ساعات", 11: "11 ساعة", 100: "100 ساعة"}),
        ("es", {1: "1 hora", 72: "72 horas"}),
        ("fr", {1: "1\u00a0heure", 72: "72\u00a0heures"}),
        ("pt-br", {1: "1 hora", 72: "72 horas"}),
        ("zh-hans", {1: "1小时", 72: "72小时"}),
    ],
)
def test_amounts_have_the_plural_of_their_language(tag: str, hours: dict[int, str]) -> None:
    words = OWN.translations[tag].language.words
    assert {count: words.amount(count, "hour") for count in hours} == hours


@pytest.mark.parametrize("tag", ["", *sorted(OWN.translations.keys() - {"zh-hans"})])
def test_amounts_of_time_read_as_in_unicode_cldr(tag: str) -> None:
    language = (OWN.translations[tag] if tag else OWN).language
    compared = 0
    units: tuple[Unit, ...] = ("minute", "hour", "day", "month", "year")
    for unit in units:
        for count in (0, 1, 2, 3, 5, 11, 21, 100, 101):
            expected = format_unit(count, f"duration-{unit}", "long", locale=language.locale)
            if "duration" not in expected:  # Babel does not have all units, and none in Chinese
                assert language.words.amount(count, unit) == expected
                compared += 1
    assert compared >= 18


def test_a_zone_has_its_name_of_all_seasons_in_russian() -> None:
    """Babel would call it summer time all year."""
    words = OWN.translations["ru"].language.words
    assert words.in_zone("9:00", "Europe/London") == "9:00 (часовой пояс: Великобритания)"
    assert words.in_zone("9:00", "Asia/Shanghai") == "9:00 (часовой пояс: Китай)"


def test_a_range_of_which_the_end_needs_no_digit_has_it_all_the_same() -> None:
    assert OWN.translations["ar"].language.words.range(1, 2, "hour") == "من 1 إلى 2 ساعة"


def test_every_page_is_translated_and_up_to_date() -> None:
    for content in OWN.translations.values():
        assert content.pages.keys() == OWN.pages.keys()
        assert not [page.file for page in content.pages.values() if content.is_stale(page)]
        fewest = min(len(page.phrases) for page in content.pages.values() if page.phrases)
        assert fewest >= 20, content.language.name


def test_a_mistake_in_one_language_stops_all(bilingual: Project) -> None:
    change(bilingual, TEXTS, r"^  care: .*\n", "")
    _, found = lint.read(bilingual.root)
    assert [problem.file for problem in found] == [TEXTS]


def test_a_flow_that_types_a_number_is_compared_all_the_same(bilingual: Project) -> None:
    file = "languages/es/flows/my-order-has-not-come.yml"
    found = change(bilingual, file, r"\{\{ policy\.[a-z_.]* \}\}", "72 horas")
    assert [line for line in found if "'72' is typed by hand" in line]
    assert [line for line in found if "drops the value policy." in line]


def test_a_note_in_a_quotation_needs_a_title_in_its_language(bilingual: Project) -> None:
    for file in ("docs/contact.md", "languages/es/docs/contact.md"):
        path = bilingual.root / file
        path.write_text(
            path.read_text(encoding="utf-8")
            + "\n> !!! note\n>     {{ policy.customer_care_hours }}\n",
            encoding="utf-8",
        )
    assert [
        line
        for line in problems(bilingual)
        if "languages/es/docs/contact.md" in line and "title" in line
    ]
