"""Numbers, dates and labels typed by hand: what must be caught, and what is innocent."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from helpcentre.content.page import FrontMatter, Page
from helpcentre.content.project import Project as Content
from helpcentre.lint import hard_coded
from macros import policy
from tests.project import DAY, own_content, with_language

_VALUES = {
    "refund_arrival": "{kind: range, min: 3, max: 20, unit: business day}",
    "seller_response_time": "{kind: duration, count: 72, unit: hour}",
    "cancellation_cutoff": "{kind: instant, at: 2020-03-16T00:00:00, zone: Asia/Shanghai}",
    "awaiting_shipment": "{kind: label, text: Awaiting Shipment}",
    "cancel_button": "{kind: label, text: Cancel Order}",
    "submit_button": "{kind: label, text: Submit}",
    "reason_other": "{kind: label, text: Other reason}",
    "reason_not_needed": "{kind: label, text: I don’t need this order anymore}",
    "buyer_protection": "{kind: label, text: Buyer Protection}",
    "fee": "{kind: percentage, percent: 5}",
    "limit": "{kind: money, amount: 150.5, currency: EUR}",
    "care_phone": "{kind: phone, number: 0800 123 456}",
    "tries": "{kind: by case, heading: H, cases: {shop: {label: A, value: {kind: number, count: 3, noun: {one: try, other: tries}}}, other: {label: B, value: {kind: number, count: 9, noun: {one: try, other: tries}}}}}",
}
_ENTRY = "{{means: M, facts: [F1], source_quote: S, checked: 2026-11-23, value: {value}}}"
_TEXT = "zone: Asia/Shanghai\nowner: O\ncheck_every: 180\nvalues:\n" + "".join(
    f"  {name}: {_ENTRY.format(value=value)}\n" for name, value in _VALUES.items()
)


def content_with(values: str) -> Content:
    """Return the project's content with these values instead of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = with_language(Path(folder)) / policy.FILE
        file.parent.mkdir()
        file.write_text(values, encoding="utf-8")
        return replace(PROJECT, policy=policy.read(Path(folder)).on(DAY))


PROJECT = own_content()
CONTENT = content_with(_TEXT)

PLANTED = """\
The money is there after 20 business days.
It takes 3-20 days.
It takes 3–20 business days, says the bank.
It takes 3 to 20 business days.
It takes between 3 and 20 working days.
Wait for twenty business days.
Wait for twenty-one calendar days.
The seller has 72h.
The seller has 72 h to answer, or 72 hrs.
The order closes in three days.
The order closes in 3 full days.
The order closes after **72** hours.
The order closes after 72&nbsp;hours.
The order closes after 72
hours.
There is a 72-hour limit.
Ask within two or three weeks.
Ask within a couple of days.
Half an hour is enough.
This is the 20th day.
Remaining days: 20
Customer care answers 24/7.
Customer care answers 24 hours a day.
It takes 1.5 hours.
The rule began on 16/03/2020.
The rule began on 2020-03-16.
The rule began on 16.03.2020.
The rule began on March 16, 2020.
The rule began on 16 March 2020.
The rule began on the 16th of March.
The rule began on Mar 16th.
The rule began on 16 mar 2020.
The rule began in March 2020.
The rule began in March.
The rule began in 2020.
The rule of 2019-2020 is over.
Ask before the 16th.
The rule began at 00:00.
The rule began at 4pm.
The rule began at 4.30 p.m. that day.
The order is awaiting shipment.
Check that the status is "Awaiting Shipment".
Click Cancel Order.
Click on [cancel order] first.
Then click Submit.
Then press “submit”.
You can choose Other reason there.
Choose ‘I don't need this order anymore’.
Choose I don’t need this order anymore.
Ask before buyer protection ends.
It takes 3 or more days, or 20 biz days.
It ends on 31.12. or before.
It ends on 31/12, or on 31-Dec-2026.
It began in Q1 2020.
Call at 12 o'clock, or at 4 in the afternoon.
It takes 2w, or 20 d.
The status shows awaiting-shipment.
Wait ２０ days.
Wait 20&#160;days.
2<b>0</b> days are enough.
![Wait 20 days](clock.svg)
<abbr title="72 hours">soon</abbr>
## After 20 days
| Wait | 20 days |
It costs 20 dollars, or 3.50.
Up to 10 photos of 5 MB each.
""".replace("72\nhours", "72\\nhours").splitlines()

INNOCENT = """\
There are 3 steps, and 2 ways to ask.
1. Days are counted from the first one.
2) Hours pass quickly.
Method 1: track the parcel.
Choose one of the 5 questions.
The seller may answer in a day or so.
Some days are longer than others.
Ask again another day, on the same day, or these days.
One seller, two parcels, three questions.
This is a second request, not the first one.
The second hand shop is closed.
You may submit your request at any time.
Select a reason and submit it.
There is no other reason to wait.
Other reasons can be given.
You can cancel orders that have not shipped.
If you cancel, order it again.
I need this order; I do not need that one.
The shipment is awaiting pickup.
The buyer has protection.
Of these, 3 may differ.
We march on, and you may too.
The march of 10 shops was long.
It weighs 2.5 kg, and is rated by 4.5 of 5 people.
Take 1/2 of it, by 1/3 of the price.
For any other reason, ask us.
In May's shop you find more.
It takes {{ policy.refund_arrival }} to arrive.
After {{ policy.refund_arrival.max }} days ask again.
Order number 20200316123 is wrong.
You collected 2000 points and 1999 stars.
In 2000 cases the parcel came.
See [the notice](../notices/coronavirus-2020.md) for more.
See <a href="coronavirus-2020/#16-march">the notice</a>.
See https://example.org/2020/03/16/20-days for more.
The picture has a ratio of 16:9 and is 3D.
Version 1.2.3 of the app.
![A clock](20-days.png)
<!-- 20 days, says the bank -->
{# 20 days, says the bank #}
## Step 20 {: #day-20 .h72 }
A quarter of the sellers answer.
Write to the 2nd seller.
The year has begun.
Round the clock, day and night.
Every day counts.
""".splitlines()


def _sentences(file: str) -> list[str]:
    text = (Path(__file__).parent / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


PROMISES, NO_PROMISES = _sentences("promises.txt"), _sentences("innocent.txt")


def typed(title: str = "A question?", description: str = "An answer.", body: str = "") -> list[str]:
    """Return what the rule finds on a page with these words."""
    text = f"---\ntitle: {title}\ndescription: {description}\n---\n{body}"
    front = FrontMatter.model_construct(
        title=title, description=description, reviewed=DAY, review_every=180, related=()
    )
    page = Page("docs/a.md", front, body, body_line=5, text=text)
    return [str(problem) for problem in hard_coded.check(page, CONTENT)]


def test_the_list_is_long_enough_to_mean_something() -> None:
    assert min(len(PLANTED), len(INNOCENT)) >= 30
    assert min(len(set(PROMISES)), len(set(NO_PROMISES))) >= 150


@pytest.mark.parametrize("sentence", PLANTED + PROMISES)
def test_what_is_typed_by_hand_is_caught(sentence: str) -> None:
    assert typed(body=f"Before.\n\n{sentence}\n".replace("\\n", "\n"))


@pytest.mark.parametrize("sentence", INNOCENT + NO_PROMISES)
def test_innocent_words_are_left_alone(sentence: str) -> None:
    assert typed(body=f"Before.\n\n{sentence}\n") == []


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("It takes 20 business days.", "'20 business days' is typed by hand: use {{ policy.refund_arrival }}"),
        ("It takes three to twenty days.", "'three to twenty days' is typed by hand: use {{ policy.refund_arrival }}"),
        ("It takes 21 days.", "'21 days' is typed by hand: add it to content/policy.yml (kind: duration or range or opening hours), and use its name here"),
        ("The fee is 5%.", "'5%' is typed by hand: use {{ policy.fee }}"),
        ("At most EUR 150.50.", "'EUR 150.50' is typed by hand: use {{ policy.limit }}"),
        ("It costs $1,500.", "'$1,500' is typed by hand: add it to content/policy.yml (kind: money), and use its name here"),
        ("2 kg", "'2 kg' is typed by hand: add it to content/policy.yml (kind: measure), and use its name here"),
        ("3 tries", "'3 tries' is typed by hand: use {{ policy.tries.shop }}"),
        ("Call 0800 123 456.", "'Call 0800 123 456' is typed by hand: use {{ policy.care_phone }}"),
        ("The seller has 72h.", "'72h' is typed by hand: use {{ policy.seller_response_time }}"),
        ("Since 16/03/2020.", "'16/03/2020' is typed by hand: use {{ policy.cancellation_cutoff }}"),
        ("Since March 16, 2020.", "'March 16, 2020' is typed by hand: use {{ policy.cancellation_cutoff }}"),
        ("It is awaiting shipment.", "'awaiting shipment' is typed by hand: use {{ policy.awaiting_shipment }}"),
    ],
)  # fmt: skip
def test_the_message_names_the_value_to_use_instead(sentence: str, message: str) -> None:
    excuse = "; if it must be typed, add {# typed: reason #}"
    assert typed(body=f"One.\n\n{sentence}\n") == [f"docs/a.md:7: {message}{excuse}"]


@pytest.mark.parametrize(
    "sentence", ["The 1984 novel is by Orwell.", "The film 12 Years a Slave is rented out."]
)
def test_where_an_alarm_is_false_its_message_names_the_excuse(sentence: str) -> None:
    (found,) = typed(body=f"{sentence}\n")
    assert found.endswith("; if it must be typed, add {# typed: reason #}")
    assert typed(body=f"{sentence} {{# typed: a title #}}\n") == []


def test_title_and_description_are_read_too() -> None:
    (title, description) = typed(title="What are 20 days?", description="It takes 72 hours.")
    assert title.startswith("docs/a.md:2: '20 days'")
    assert description.startswith("docs/a.md:3: '72 hours'")
    assert description.endswith("; if it must be typed, add # typed: reason")


def test_an_exception_gives_its_reason() -> None:
    assert typed(body="It took 40 days. {# typed: the words of a story #}\n") == []
    assert typed(title="40 days # typed: the name of a story") == []


def test_an_exception_without_a_reason_excuses_nothing() -> None:
    found = typed(body="It took 40 days. {# typed: #}\n")
    assert any("'40 days' is typed by hand" in each for each in found)
    assert any("'typed:' needs a reason" in each for each in found)


def test_an_exception_that_excuses_nothing_is_an_error() -> None:
    (problem,) = typed(body="It took long. {# typed: the words of a story #}\n")
    assert problem == "docs/a.md:5: 'typed:' excuses nothing here: remove it"


def test_a_former_label_is_caught_after_it_changed() -> None:
    row = "{{from: {}, value: {{kind: label, text: {}}}}}"
    rows = (
        f"rows: [{row.format('2020-01-01', 'Ready Now')}, {row.format('2026-01-01', 'Set To Go')}]"
    )
    text = _TEXT.replace("value: {kind: label, text: Awaiting Shipment}", rows)
    changed = content_with(text)
    front = FrontMatter.model_construct(
        title="T", description="D", reviewed=DAY, review_every=180, related=()
    )
    body = "It is ready now. It is set to go.\n"
    found = list(hard_coded.check(Page("docs/a.md", front, body, 1, body), changed))
    assert len(found) == 2


def test_a_stale_number_is_caught_after_its_value_changed() -> None:
    """19 is no value's number any more, and must be caught all the same."""
    assert "19 business days" in typed(body="It takes 19 business days.")[0]
