/* What the pages use of Material's scripts: the scheme, copying code, tabs that change together, the table of contents
   that follows, folded parts that open for a link and for printing. Material's own bundle is 36 kB compressed, a third of
   a first visit, for many more features; `main.html` leaves it out. Words stand in the data attributes of this script. */
(function () {
  "use strict";
  var words = document.currentScript.dataset;
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };

  /* The scheme: each choice is a radio button with the label of the other beside it. */
  var schemes = all("[data-md-component=palette] input");
  schemes.forEach(function (input) {
    input.addEventListener("change", function () {
      document.body.setAttribute("data-md-color-scheme", input.dataset.mdColorScheme);
      schemes.forEach(function (other) { other.nextElementSibling.hidden = !other.checked; });
    });
  });

  /* Copying. */
  var dialog = document.querySelector(".md-dialog"), hide = 0;
  if (dialog) dialog.setAttribute("role", "status");
  var say = function (text) {
    if (!dialog) return;
    dialog.firstElementChild.textContent = text;
    dialog.classList.add("md-dialog--active");
    clearTimeout(hide);
    hide = setTimeout(function () {
      dialog.classList.remove("md-dialog--active");
      dialog.firstElementChild.textContent = "";
    }, 2000);
  };
  /* Without the clipboard of secure pages: what is selected is copied. */
  var copySelected = function (code) {
    getSelection().selectAllChildren(code);
    var done = document.execCommand("copy");
    getSelection().removeAllRanges();
    return done ? Promise.resolve() : Promise.reject(new Error("not copied"));
  };
  /* The lines that a program replaces stand in it as deleted. */
  var program = function (code) {
    var copy = code.cloneNode(true);
    all("del", copy).forEach(function (line) { line.remove(); });
    return copy.textContent;
  };
  all("pre > code").forEach(function (code) {
    var head = code.parentNode.parentNode.querySelector(".ce-diff__ok");
    var bar = document.createElement("nav"), button = document.createElement("button");
    bar.className = "md-code__nav";
    button.className = "md-code__button";
    button.type = "button";
    button.title = words.copy;
    button.dataset.mdType = "copy";
    button.addEventListener("click", function () {
      var copied = navigator.clipboard ? navigator.clipboard.writeText(program(code)) : copySelected(code);
      copied.then(function () { say(words.copied); }, function () { getSelection().selectAllChildren(code); });
    });
    bar.append(button);
    if (head) {
      button.classList.add("md-code__button--word");
      button.textContent = words.copyWord;
      head.append(bar);
    } else code.before(bar);
  });

  /* A press on the line that stands for folded ones unfolds them. */
  all(".ce-gap").forEach(function (gap) {
    gap.addEventListener("click", function () { gap.closest(".ce-part").querySelector(".ce-all").open = true; });
  });

  /* A citation opens the sources, marks those that it means, and leaves a way back. */
  all(".ce-cite a").forEach(function (link) {
    link.addEventListener("click", function () {
      var rows = (link.dataset.sources || link.hash.slice(8)).split(" ").map(function (number) { return document.getElementById("source-" + number); });
      all(".ce-sources .is-cited").forEach(function (row) { row.classList.remove("is-cited"); });
      all(".ce-back").forEach(function (old) { old.remove(); });
      rows.forEach(function (row) { row.classList.add("is-cited"); });
      var back = document.createElement("a");
      back.className = "ce-back";
      back.href = location.pathname;
      back.textContent = words.back;
      back.addEventListener("click", function (event) {
        event.preventDefault();
        link.scrollIntoView({ block: "center" });
        link.focus({ preventScroll: true });
      });
      rows[0].firstElementChild.append(" ", back);
    });
  });

  /* Tabs: a choice of Python or TypeScript is one for all blocks and pages; the block that was clicked stays where it is.
     What was chosen before is put back by Material's inline script, before the first paint. */
  var named = function (set, name) {
    return all(".tabbed-labels > label", set).filter(function (label) { return label.textContent.trim() === name; })[0];
  };
  all(".tabbed-set > input").forEach(function (input) {
    input.addEventListener("change", function () {
      var label = document.querySelector("label[for='" + input.id + "']"), before = input.parentNode.getBoundingClientRect().top;
      var name = label.textContent.trim();
      all(".tabbed-set").forEach(function (set) {
        var other = named(set, name);
        if (other) document.getElementById(other.htmlFor).checked = true;
      });
      scrollBy({ top: input.parentNode.getBoundingClientRect().top - before, behavior: "instant" });
      __md_set("__tabs", [name]);
    });
  });

  /* A link to a part that is folded away opens it. Ids are ASCII in both languages, and what stands in an address may be damaged. */
  var reveal = function () {
    var target = document.getElementById(location.hash.slice(1)), opened = false;
    for (var part = target; part && part !== document.body; part = part.parentNode) {
      if (part.tagName === "DETAILS" && !part.open) opened = part.open = true;
      if (part.classList.contains("tabbed-block")) {
        var input = all(":scope > input", part.closest(".tabbed-set"))[Array.prototype.indexOf.call(part.parentNode.children, part)];
        if (!input.checked) opened = input.checked = true;
      }
    }
    if (opened) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  /* Printing shows what is folded away, and folds it again. */
  var unfolded = [];
  matchMedia("print").addEventListener("change", function (event) {
    if (event.matches) unfolded = all("details:not([open])");
    unfolded.forEach(function (part) { part.open = event.matches; });
  });

  /* The table of contents marks what is read, and scrolls with it. */
  var links = all("[data-md-component=toc] a[href^='#']").map(function (link) {
    return { link: link, heading: document.getElementById(link.hash.slice(1)) };
  }).filter(function (item) { return item.heading; });
  var frame = links.length && links[0].link.closest(".md-sidebar__scrollwrap"), waiting = false, active = null;
  var follow = function () {
    waiting = false;
    var line = innerHeight / 5, end = innerHeight + scrollY >= document.documentElement.scrollHeight - 2, last = null;
    links.forEach(function (item) {
      var passed = item.heading.getBoundingClientRect().top < line;
      if (passed || (end && scrollY > 0)) last = item.link;
      item.link.classList.toggle("md-nav__link--passed", passed);
    });
    if (last === active) return;
    if (active) active.classList.remove("md-nav__link--active");
    active = last;
    if (!active) return;
    active.classList.add("md-nav__link--active");
    if (frame.scrollHeight > frame.clientHeight) {
      frame.scrollTop += active.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 2;
    }
  };
  if (links.length) {
    var later = function () {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(follow);
    };
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", later);
    follow();
  }
})();
