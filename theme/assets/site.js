// What every page does: colours, menu, search and its marks, ways on after a vote. Without this script the reader's own
// colours rule, the menu opens, and search leads to the list of all questions.
//
// It runs before the page is drawn, so that chosen colours do not flash.
{
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const SCHEME = "scheme";
  const stored = (key) => {
    try {
      return localStorage[key];
    } catch {} // refused by the reader's settings
  };
  const store = (key, value) => {
    try {
      localStorage[key] = value;
    } catch {}
  };
  /** Keep something for a reload, or for Back; the calculators do so, too. */
  self.remember = (what) => {
    try {
      history.replaceState({ ...history.state, ...what }, "");
    } catch {} // some browsers refuse more than a hundred in ten seconds: then it is lost, and nothing else
  };

  // Inside another page, such as one of the shop, by ?embed: without header and footer, and so is
  // where links lead. A page of elsewhere takes the whole window.
  const parameters = new URLSearchParams(location.search);
  const isEmbedded = parameters.has("embed");
  root.toggleAttribute("data-embed", isEmbedded);
  const embed = (link) => {
    if (link.origin !== location.origin) link.target = "_top";
    else if (!/[?&]embed/.test(link.search)) link.search += link.search ? "&embed" : "embed";
  };
  const beginEmbedded = () => {
    document.addEventListener("click", ({ target }) => target.closest("a") && embed(target.closest("a")), true);
    embed(document.querySelector(".search-link"));
    document.querySelector(".ask")?.insertAdjacentHTML("beforeend", "<input type=hidden name=embed>");
  };

  const chosen = stored(SCHEME);
  if (chosen) root.dataset.scheme = chosen;

  const beginColours = () => {
    const button = document.querySelector(".head__scheme");
    const isDark = () => (root.dataset.scheme ?? (dark.matches ? "dark" : "light")) === "dark";
    const show = () => button.setAttribute("aria-pressed", isDark());
    button.addEventListener("click", () => {
      root.dataset.scheme = isDark() ? "light" : "dark";
      store(SCHEME, root.dataset.scheme);
      show();
    });
    dark.addEventListener("change", show);
    show();
  };

  // The menu closes like one: by Escape, and by a click elsewhere.
  const beginMenu = () => {
    for (const menu of document.querySelectorAll(".menu")) {
      document.addEventListener("keydown", ({ key }) => {
        if (key !== "Escape" || !menu.open) return;
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      document.addEventListener("click", ({ target }) => {
        if (!menu.contains(target)) menu.open = false;
      });
    }
  };

  // What may stand for letters of a word in a text: itself with any accents, and Arabic's own pairs.
  const ACCENTS = "[\\u0300-\\u036f\\u064b-\\u0655\\u0670]*";
  const PAIRS = { "\u0647": "[\u0647\u0629]", "\u064a": "[\u064a\u0649]" };
  const spellings = (word) => [...word.normalize("NFD")].map((letter) => (PAIRS[letter] ?? letter) + ACCENTS).join("");
  const UNSPACED = /[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]/u; // no spaces between words

  /** Return the text as nodes, in which what begins with one of the words is marked. */
  const marked = (text, words) => {
    if (!words.length) return [text];
    const inside = words.filter((word) => UNSPACED.test(word)).map(spellings);
    const first = words.filter((word) => !UNSPACED.test(word)).map((word) => `(?<![\\p{L}\\p{M}\\p{N}])${spellings(word)}`);
    const pattern = new RegExp(`(${[...first, ...inside].join("|")})`, "giu");
    return text.normalize("NFD").split(pattern).map((piece, i) => {
      if (i % 2 === 0) return piece.normalize("NFC");
      const mark = document.createElement("mark");
      mark.textContent = piece.normalize("NFC");
      return mark;
    });
  };
  const WORD = /^[\p{L}\p{M}\p{N}]+$/u;

  const SOON = 400, LATE = 9_600, REST = 600; // milliseconds, LATE after SOON

  const beginSearch = () => {
    const dialog = document.querySelector(".search");
    const query = dialog.querySelector("input");
    const status = dialog.querySelector("[role=status]");
    const list = dialog.querySelector("ol");
    const top = dialog.querySelector("ul"); // the top questions
    const field = document.querySelector(".ask__field");
    const suggestion = dialog.querySelector(".search__suggestion");
    const verbatim = dialog.querySelector(".search__verbatim"); // takes corrections back
    const other = dialog.querySelector(".search__other"); // leads to results in another language
    const searchLink = document.querySelector(".search-link");
    const allQuestions = searchLink.href;
    const links = () => [...list.querySelectorAll("a")];
    const { base, searchWorker } = dialog.dataset;
    const forms = JSON.parse(status.dataset.found); // by plural category
    const plurals = new Intl.PluralRules(root.lang);
    const home = new URL(base, location).href;
    const topics = [...document.querySelectorAll(".menu:not(.languages) .topics__link")].filter(({ href }) => href !== home);
    /** Return the name of the topic of a page, as the menu has it; nothing for a page outside topics. */
    const topicOf = ({ href }) => topics.find((topic) => href !== topic.href && href.startsWith(topic.href))?.textContent;
    let worker;
    let asked = 0; // the number of the latest question
    let receive; // its answer
    let timer;

    /** Say something once nothing else has happened for some milliseconds. */
    const sayAfter = (milliseconds, say) => {
      clearTimeout(timer);
      timer = setTimeout(say, milliseconds);
    };
    /** Give up on the worker, which may be gone, as after a new release or without a network. */
    const fail = (text = status.dataset.failed) => {
      worker?.terminate();
      worker = undefined;
      clearTimeout(timer);
      if (links().includes(document.activeElement)) query.focus();
      clear(text);
      if (chosen) location.assign(allQuestions);
    };
    const clear = (text) => {
      suggest();
      verbatim.hidden = true;
      other.replaceChildren();
      list.replaceChildren();
      Object.assign(dialog.dataset, { asked: "", question: "" }); // Enter waits for the next answer
      top.hidden = false;
      status.textContent = text;
    };

    /** Ask the worker, and hand its answer to `receiver`, unless something else is asked before. */
    const ask = (question, receiver, verbatim) => {
      if (!self.DecompressionStream) return fail(status.dataset.old);
      try {
        worker ??= begin();
      } catch {
        return fail(); // refused, as in some apps
      }
      asked += 1;
      receive = receiver;
      worker.postMessage({ id: asked, question, verbatim });
    };
    const begin = () => {
      const begun = new Worker(searchWorker);
      begun.addEventListener("message", ({ data }) => {
        if (begun === worker && data.id === asked) receive(data);
      });
      begun.addEventListener("error", () => begun === worker && fail());
      return begun;
    };

    /** Return a link of a result, with its texts, each in an element. */
    const linkTo = (url, marks, ...texts) => {
      const link = document.createElement("a");
      link.href = new URL(base + url, location);
      for (const [tag, ...nodes] of texts) {
        const part = document.createElement(tag);
        part.append(...nodes);
        link.append(part);
      }
      const follow = (event) => {
        if (event.button === 2) return; // a menu
        store(MARKS, JSON.stringify([link.href, marks, Date.now()]));
        const here = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
        if (!here) return; // another tab opens, and the list stays
        self.remember({ search: { question: query.value, isVerbatim, place: links().indexOf(link) } });
        dialog.close();
      };
      for (const kind of ["click", "auxclick"]) link.addEventListener(kind, follow);
      return link;
    };

    /** Return an item of the list: a link to a page, then one to each of its parts that is meant. */
    const itemOf = ({ url, title, answer, parts, marks, person }) => {
      const item = document.createElement("li");
      const words = marks.flatMap((mark) => mark.split(" ")).filter((word) => WORD.test(word));
      const topic = topicOf(new URL(base + url, location));
      item.append(linkTo(url, words,
        ["b", ...person ? [status.dataset.person] : marked(title, words)],
        ["span", ...marked(answer, words)],
        ...topic ? [["small", topic]] : []));
      for (const part of parts) {
        const link = linkTo(part.url, words, ["b", ...marked(part.heading, words)]);
        link.className = "search__part";
        item.append(link);
      }
      return item;
    };

    /** Show how the last word that is typed may go on; the arrow onward takes it. */
    const onward = root.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const suggest = (word = "") => {
      const last = query.value.split(/\s/).pop();
      const goesOn = last && word.startsWith(last.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, ""));
      suggestion.textContent = goesOn ? query.value + word.slice(last.length) : "";
      if (suggestion.scrollWidth > suggestion.clientWidth) suggestion.textContent = ""; // no room
    };

    // Whether Enter was pressed before the answer came, and corrections were taken back.
    let chosen, isVerbatim;
    const show = (question, place) => ({ results, suggestion: word, corrected, language, counted, unavailable }) => {
      if (question !== query.value) return; // asked by the page, or before the last letter
      if (unavailable) return fail();
      const focused = place ?? links().indexOf(document.activeElement);
      suggest(word);
      const count = results.filter(({ person }) => !person).length;
      const howMany = count ? forms[plurals.select(count)].replace("{count}", count) : status.dataset.nothing;
      const inQuotes = (text, name) => text.replace("#", corrected.map((word) => word[name]).join(" "));
      const read = corrected.length ? `${inQuotes(status.dataset.corrected, "used")} ` : "";
      // Said once typing rests, so that nobody hears a number for each letter.
      sayAfter(REST, () => { status.textContent = read + howMany; });
      top.hidden = true;
      verbatim.hidden = !corrected.length;
      verbatim.textContent = inQuotes(verbatim.dataset.text, "typed");
      other.replaceChildren();
      if (language) {
        const leads = document.querySelector(`.languages [hreflang="${language.tag}"]`).cloneNode();
        leads.removeAttribute("class");
        leads.search = `?q=${encodeURIComponent(question)}`;
        leads.textContent = language.text;
        other.append(leads);
      }
      list.replaceChildren(...results.map(itemOf));
      if (focused >= 0) (links()[focused] ?? query).focus();
      // The question whose results are shown, and what of it insights.js may send, if the site has that.
      Object.assign(dialog.dataset, { asked: question, question: counted });
      if (chosen) openFirst();
    };
    const openFirst = () => {
      if (!worker) return location.assign(allQuestions);
      chosen = dialog.dataset.asked !== query.value;
      if (!chosen) (list.querySelector("li:first-child .search__part") ?? links()[0])?.click();
    };
    const askTyped = (verbatim, place) => {
      clearTimeout(timer);
      isVerbatim = verbatim;
      const question = query.value;
      if (question !== dialog.dataset.asked) dialog.dataset.question = ""; // until it is answered
      if (!question.trim()) return clear(status.dataset.none);
      sayAfter(SOON, () => {
        top.hidden = true;
        status.textContent = status.dataset.searching;
        sayAfter(LATE, fail);
      });
      ask(question, show(question, place), verbatim);
    };
    const open = (event, question = "", isVerbatim, place) => {
      if (!dialog.showModal) return; // the link or form leads to all questions
      event?.preventDefault();
      dialog.hidden = false;
      if (!dialog.open) dialog.showModal();
      if (question) query.value = question;
      else query.select();
      askTyped(isVerbatim, place);
    };

    // Where a keyboard covers the page and does not make it smaller, the sheet stays above it.
    const { visualViewport: seen } = self;
    seen?.addEventListener("resize", () => dialog.style.setProperty("--room", `${seen.height * seen.scale}px`));

    query.addEventListener("input", () => {
      suggest();
      chosen = false;
      askTyped();
    });
    query.addEventListener("keydown", ({ key, isComposing }) => {
      if (isComposing || key !== onward || !suggestion.textContent || query.selectionStart < query.value.length) return;
      query.value = suggestion.textContent;
      askTyped();
    });
    dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      openFirst();
    });
    verbatim.addEventListener("click", () => {
      query.focus();
      askTyped(true);
    });
    const close = () => {
      self.remember({ search: undefined });
      dialog.close();
    };
    dialog.querySelector("button").addEventListener("click", close);
    dialog.addEventListener("cancel", () => self.remember({ search: undefined })); // a phone's own Back
    // A press that begins and ends outside closes; one that selects text and ends there does not.
    let began;
    const isOutside = ({ clientX, clientY, target }) => {
      const { left, right, top, bottom } = dialog.getBoundingClientRect();
      return target === dialog && (clientX < left || clientX > right || clientY < top || clientY > bottom);
    };
    dialog.addEventListener("pointerdown", (event) => {
      began = isOutside(event);
    });
    dialog.addEventListener("click", (event) => began && isOutside(event) && close());
    dialog.addEventListener("keydown", (event) => {
      if (event.isComposing) return; // the keys belong to the input method
      if (event.key === "Escape") {
        event.preventDefault(); // some browsers would only empty the field
        close();
      }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const stops = [query, ...links()];
      stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
    });
    // With a modifier, so that nobody who dictates opens it by a letter.
    document.addEventListener("keydown", (event) => {
      if (event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) open(event);
    });
    searchLink.addEventListener("click", open);
    if (field) {
      const handOver = (event) => {
        // While a word is composed by an input method, it is not yet whole.
        if (event.isComposing || dialog.open || !dialog.showModal) return;
        const question = field.value;
        field.value = "";
        open(event, question);
      };
      for (const kind of ["click", "input", "compositionend"]) field.addEventListener(kind, handOver);
      field.form.addEventListener("submit", handOver);
    }
    // A wrong address often contains words of what was looked for.
    const meant = document.querySelector(".meant");
    const path = location.pathname.slice(new URL(home).pathname.length);
    const words = path.replace(/%\w\w/g, " ").match(/\p{L}{2,}/gu);
    if (meant && words) {
      ask(words.join(" "), ({ results }) => {
        meant.querySelector("ol").replaceChildren(...results.slice(0, 3).map(itemOf));
        meant.hidden = results.every(({ person }) => person);
      }, true); // nothing is corrected: the list of words for it would be most of the bytes
    }

    // Last, because the worker answers the latest question only.
    const deepLink = parameters.get("q");
    if (deepLink) open(undefined, deepLink);
    // Back leads to the list again. Some browsers empty the field after this event.
    const reopen = () => setTimeout(() => {
      const { question, isVerbatim, place } = history.state?.search ?? {};
      if (question) open(undefined, question, isVerbatim, place);
    });
    for (const kind of ["pageshow", "popstate"]) addEventListener(kind, reopen);
  };

  // A line that offers the reader's language, if the page is in it, until it is closed once.
  const OFFERED = "offered";
  const beginOffer = () => {
    const base = (tag) => tag.toLowerCase().split("-")[0];
    const [wanted] = navigator.languages ?? [];
    const template = document.querySelector("template[data-text=offer]");
    if (!template || !wanted || base(wanted) === base(root.lang) || stored(OFFERED)) return;
    const choice = [...document.querySelectorAll("[data-offer]")].find(({ hreflang }) => base(hreflang) === base(wanted));
    if (!choice) return;
    const [line] = template.content.cloneNode(true).children;
    const link = choice.cloneNode(true);
    link.removeAttribute("class");
    line.prepend(link);
    const forget = () => store(OFFERED, "1");
    link.addEventListener("click", forget);
    line.querySelector("button").addEventListener("click", () => {
      forget();
      line.remove();
    });
    template.replaceWith(line);
  };

  // Was this helpful?
  const beginHelpful = () => {
    const section = document.querySelector(".helpful");
    for (const button of section?.querySelectorAll("button") ?? []) {
      button.addEventListener("click", () => {
        const words = section.querySelector(`template[data-text=${button.value}]`).content.cloneNode(true);
        section.querySelector("[role=status]").replaceChildren(words);
        for (const choice of section.querySelectorAll("button")) choice.setAttribute("aria-pressed", choice === button);
      });
    }
    const about = document.querySelector(".about");
    const [, title] = /^#about=(.+)/.exec(location.hash) ?? [];
    if (!about || !title) return;
    try {
      about.querySelector("strong").textContent = decodeURIComponent(title);
      about.hidden = false;
    } catch {} // not written by this script
  };

  // A page opened from search marks the words by which it was found. They stay in this browser.
  const MARKS = "marks", MOST_ON_THE_WAY = 60_000; // milliseconds
  const beginMarks = () => {
    let address, marks, since;
    try {
      [address, marks, since] = JSON.parse(stored(MARKS));
    } catch {} // there are none
    if (address !== location.href || Date.now() - since > MOST_ON_THE_WAY) return;
    store(MARKS, "");
    const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      const { parentElement: parent, data } = texts.currentNode;
      if (!parent.closest("script, form, nav, .flow, .care, .next, .helpful") && data.trim()) found.push(texts.currentNode);
    }
    for (const text of found) {
      const pieces = marked(text.data, marks);
      if (pieces.length > 1) text.replaceWith(...pieces);
    }
  };

  addEventListener("DOMContentLoaded", () => {
    if (!document.querySelector(".search")) return; // the page was cut off on its way
    if (isEmbedded) beginEmbedded();
    beginColours();
    beginMenu();
    beginOffer();
    beginSearch();
    beginHelpful();
    beginMarks();
    addEventListener("hashchange", beginMarks); // a result on the same page
  });
}
