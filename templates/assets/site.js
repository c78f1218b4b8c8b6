/* Behaviour of the pages: remembered choices, small repairs of Material, the filter of the lists.
   Asks no server for anything and never turns input into HTML. */
(function () {
  "use strict";
  var $ = function (selector, root) { return (root || document).querySelector(selector); };
  var $$ = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  var remember = function (name, value) {
    try { localStorage.setItem("claude-errors-" + name, value); } catch (error) { /* storage is switched off */ }
  };

  /* What the reader is at: the part that the address names while it is in view, else the last one that begins in the upper
     sixth of the window. */
  var place = function () {
    if (scrollY === 0) return location.hash;
    var above = function (part) { return part.checkVisibility() && part.getBoundingClientRect().top < innerHeight / 6; };
    var named = document.getElementById(location.hash.slice(1));
    if (named && above(named) && named.getBoundingClientRect().top >= 0) return location.hash;
    return $$(".md-content :is(h1, h2, h3, li, details, div, figure)[id]").filter(above).map(function (part) { return part.id; }).pop() || "";
  };

  /* The language that the reader chose; `/` and the 404 page go by it. Headings have the same id in both. */
  $$("a[data-language]").forEach(function (link) {
    var keep = function () {
      link.hash = location.hash.indexOf("#t=") === 0 ? location.hash : place();
      link.search = location.search;
    };
    ["pointerdown", "focus"].forEach(function (name) { link.addEventListener(name, keep); });
    link.addEventListener("click", function () {
      remember("language", link.dataset.language);
      keep();
    });
  });

  /* A scheme that the reader chose stays; until then each page follows the system. */
  $$("[data-md-component=palette] input").forEach(function (input) {
    input.addEventListener("change", function () { remember("scheme", input.dataset.mdColorScheme); });
  });

  /* The search opens by its button, `/`, Ctrl+K or Command+K, and by an address with `?q=`. What it needs is loaded then;
     what is typed meanwhile is not lost. */
  var search = $("#search"), attached = null;
  var openSearch = function (words) {
    var input = $("input", search), status = $("[role=status]", search);
    if (!search.open) search.showModal();
    if (typeof words === "string") input.value = words;
    input.select();
    if (attached) { input.dispatchEvent(new Event("input")); return; }
    attached = import("./search.js").then(function (module) { module.attach(search); }, function () {
      attached = null;
      status.textContent = status.dataset.failed;
    });
  };
  if (search) {
    $$("[data-search]").forEach(function (button) {
      button.setAttribute("role", "button");
      button.setAttribute("aria-haspopup", "dialog");
      button.addEventListener("click", function (event) { event.preventDefault(); openSearch(); });
      button.addEventListener("keydown", function (event) { if (event.key === " ") { event.preventDefault(); button.click(); } });
    });
    document.addEventListener("keydown", function (event) {
      var typing = search.contains(event.target) ? search.open : event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      var key = event.key.toLowerCase(), slash = key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!slash && !(key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey)) return;
      event.preventDefault();
      openSearch();
    });
    /* A field of one line drops the line breaks of what is pasted into it; they tell a decoder much. */
    $("input", search).addEventListener("paste", function (event) {
      var text = event.clipboardData ? event.clipboardData.getData("text") : "", input = event.target;
      search.dataset.pasted = input.selectionStart === 0 && input.selectionEnd === input.value.length && text.indexOf("\n") >= 0 ? text : "";
    });
    $("input", search).addEventListener("input", function (event) {
      if (event.inputType !== "insertFromPaste") search.dataset.pasted = "";
    });
    search.addEventListener("click", function (event) { if (event.target === search) search.close(); });
    $(".ce-dialog__close", search).addEventListener("click", function () { search.close(); });
    $("form", search).addEventListener("submit", function (event) { event.preventDefault(); });
    var wanted = new URLSearchParams(location.search).get("q");
    if (wanted) openSearch(wanted);
  }

  /* Code that scrolls sideways can be reached by keyboard, also after a change of tab or width;
     Material's copy bars get distinct names. */
  var reachable = function () {
    $$("pre > code").forEach(function (code) {
      if (code.scrollWidth > code.clientWidth) code.tabIndex = 0; else code.removeAttribute("tabindex");
    });
  };
  addEventListener("resize", reachable);
  addEventListener("change", reachable);
  addEventListener("load", function () {
    reachable();
    $$(".md-code__nav").forEach(function (bar, index) {
      var block = bar.closest(".highlight"), title = block && $(".filename", block);
      bar.setAttribute("aria-label", (title ? title.textContent + " " : "") + "code " + (index + 1));
    });
  });

  /* The box for a pasted error: its program and its index are fetched when it is first used. */
  var here = document.currentScript.src;
  $$(".ce-decoder").forEach(function (box) {
    var started = false, ready = false, early = null;
    var start = function () {
      if (started) return;
      started = true;
      var live = $(".ce-answer__live", box);
      /* Not at once: a line more would move the button away from under a finger that is still on it. */
      var told = setTimeout(function () { live.textContent = box.dataset.loading; }, 300);
      import(new URL("decode-box.js", here).href)
        .then(function (module) { return module.start(box); })
        .then(function (decoder) { ready = true; clearTimeout(told); if (early) early(decoder); })
        .catch(function () { started = false; clearTimeout(told); live.textContent = box.dataset.offline; });
    };
    ["focusin", "pointerdown", "dragenter", "input"].forEach(function (name) { box.addEventListener(name, start); });
    /* An example or a file that comes before the program is there waits for it; without this the browser would leave
       the page for the file. */
    box.addEventListener("click", function (event) {
      var example = event.target.closest("[data-sample]");
      if (!ready && example) early = function () { example.click(); };
    });
    box.addEventListener("dragover", function (event) { event.preventDefault(); });
    box.addEventListener("drop", function (event) {
      if (ready) return;
      event.preventDefault();
      start();
      var file = event.dataTransfer.files[0], text = event.dataTransfer.getData("text");
      early = function (decoder) { decoder.take(file, text); };
    });
    if (location.hash.indexOf("#t=") === 0 && !box.closest("[hidden]")) start();
  });

  /* The chips of the home page: rows with another verdict are hidden, and what is folded opens while one is pressed. */
  var chips = $(".ce-chips");
  if (chips) {
    var number = $(".ce-chips__n", chips), opened = [];
    var sift = function (style) {
      var seen = {}, count = 0, state = new URLSearchParams(location.search);
      $$(".ce-chip", chips).forEach(function (chip) { chip.setAttribute("aria-pressed", String(chip.dataset.verdict === style)); });
      $$(".ce-group .ce-row").forEach(function (row) {
        var address = $("a", row).getAttribute("href");
        row.hidden = style !== "" && row.dataset.v !== style;
        if (!row.hidden && !seen[address]) { seen[address] = true; count += 1; }
      });
      opened.forEach(function (part) { part.open = false; });
      opened = [];
      $$(".ce-topic, .ce-rest, .ce-group").forEach(function (part) {
        part.hidden = !$(".ce-row:not([hidden])", part);
        if (style === "" || part.hidden || part.tagName !== "DETAILS" || part.open) return;
        part.open = true;
        opened.push(part);
      });
      $$(".ce-strip a").forEach(function (link) { link.hidden = document.getElementById(link.hash.slice(1)).closest(".ce-group").hidden; });
      number.textContent = (count === 1 ? number.dataset.one : number.dataset.other).replace("#", count);
      if (style) state.set("verdict", style); else state.delete("verdict");
      history.replaceState(null, "", location.pathname + (String(state) ? "?" + state : "") + location.hash);
    };
    chips.addEventListener("click", function (event) {
      var chip = event.target.closest(".ce-chip");
      if (chip) sift(chip.dataset.verdict);
    });
    var given = new URLSearchParams(location.search).get("verdict");
    if (given && $$(".ce-chip", chips).some(function (chip) { return chip.dataset.verdict === given; })) sift(given);
  }

  /* The field of a big family: its program is fetched when it is first used; it reads what was typed meanwhile. */
  var find = $(".ce-find"), begun = false;
  if (find) {
    var begin = function () {
      if (begun) return;
      begun = true;
      import(new URL("finder.js", here).href).then(function (module) { module.attach(find); }, function () {
        begun = false;
        $(".ce-find__hit", find).textContent = find.dataset.failed;
      });
    };
    ["focusin", "input"].forEach(function (name) { find.addEventListener(name, begin); });
    if (new URLSearchParams(location.search).get("text")) begin();
  }
})();
