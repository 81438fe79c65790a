// Jalon's own script: comfort on top of pages that work without it. Keys, the palette, copy buttons, the theme, menus.
// No inline handlers, no evaluation, nothing from elsewhere.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isTyping = (it) => it.closest("input, textarea, select, [contenteditable]");

  // Theme: at once here, then remembered by the server.
  function switchTheme(link) {
    const order = ["auto", "light", "dark"];
    const root = document.documentElement;
    const now = order[(order.indexOf(root.dataset.bsTheme) + 1) % order.length];
    root.dataset.bsTheme = now;
    const address = new URL(link.href);
    address.searchParams.set("theme", now);
    fetch(address, { method: "HEAD" });
    for (const it of $$("a[data-theme]")) it.textContent = it.dataset[now];
  }

  // Copy: the text is in a template beside the button; the button says when it is done.
  async function copy(button) {
    const label = $("span", button);
    const before = label.textContent;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).content.textContent);
    label.textContent = button.dataset.done;
    setTimeout(() => { label.textContent = before; }, 2000);
  }

  document.addEventListener("click", (event) => {
    const theme = event.target.closest("a[data-theme]");
    if (theme) { event.preventDefault(); switchTheme(theme); }
    const button = event.target.closest("button[data-copy]");
    if (button) copy(button);
    if (event.target.closest("[data-palette]") && openPalette()) event.preventDefault();
    // A click elsewhere closes the open menus.
    for (const menu of $$("details.j-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  // A menu that would leave the window opens towards the other side.
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (!menu.matches("details.j-menu") || !menu.open) return;
    menu.classList.toggle("end", menu.getBoundingClientRect().left + $("ul", menu).offsetWidth > innerWidth);
  }, true);

  // Palette: the page's own links, filtered by what is typed; at the end a search.
  const palette = $("#j-palette");
  function openPalette() {
    if (!palette || palette.open) return false;
    palette.showModal();
    $("input", palette).value = "";
    fill("");
    return true;
  }
  const entries = () => [...$$(".j-nav a"), ...$$("main .j-acts a[href], main .j-rows a.t, main .j-rl .ttl a")];
  function entry(label, href, key) {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.dataset.href = href;
    item.append(label);
    if (key) {
      const kbd = document.createElement("kbd");
      kbd.className = "j-kbd";
      kbd.textContent = "G " + key.toUpperCase();
      item.append(kbd);
    }
    return item;
  }
  function fill(typed) {
    const words = typed.toLowerCase().split(/\s+/);
    const name = (it) => ($("span", it) || it).textContent.trim();
    const found = entries().filter((it) => words.every((word) => name(it).toLowerCase().includes(word))).slice(0, 12);
    const items = found.map((it) => entry(name(it), it.href, document.body.dataset.keys !== undefined && it.dataset.go));
    const search = palette.dataset.search;
    if (search && typed) items.push(entry(`${palette.dataset.searchLabel}: ${typed}`, `${search}?q=${encodeURIComponent(typed)}`));
    $("ul", palette).replaceChildren(...items);
    choose(items[0]);
  }
  const chosen = () => $("[aria-selected='true']", palette);
  function choose(item) {
    for (const it of $$("li", palette)) it.setAttribute("aria-selected", String(it === item));
    if (!item) return;
    item.id = "j-palette-chosen";
    for (const it of $$("li", palette)) if (it !== item) it.removeAttribute("id");
    $("input", palette).setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }
  if (palette) {
    const list = $("ul", palette);
    const input = $("input", palette);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", list.dataset.label);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "true");
    input.setAttribute("aria-controls", list.id);
    palette.addEventListener("input", (event) => fill(event.target.value.trim()));
    palette.addEventListener("click", (event) => {
      const item = event.target.closest("li");
      if (item) location.assign(item.dataset.href);
      if (event.target === palette) palette.close();
    });
    palette.addEventListener("keydown", (event) => {
      const item = chosen();
      if (event.key === "ArrowDown") { event.preventDefault(); choose(item?.nextElementSibling || item); }
      if (event.key === "ArrowUp") { event.preventDefault(); choose(item?.previousElementSibling || item); }
      if (event.key === "Enter" && item && event.target.matches("input")) { event.preventDefault(); location.assign(item.dataset.href); }
    });
  }

  // Rows: j and k go from one to the next; Enter follows the link by itself.
  function step(by) {
    const links = $$("main .j-rl .ttl a, main .j-rows a.t, main .j-f, main .j-tbl tbody tr td:first-child a")
      .filter((it) => it.offsetParent);
    const next = links[Math.max(0, Math.min(links.length - 1, links.indexOf(document.activeElement) + by))];
    next?.focus();
  }

  let waitsForPlace = false;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "k" && openPalette()) return event.preventDefault();
    if (event.key === "Escape") {
      for (const menu of $$("details.j-menu[open]")) { menu.open = false; $("summary", menu).focus(); }
    }
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target) && !palette?.open;
    if (!isPlain || document.body.dataset.keys === undefined) return;
    if (waitsForPlace) {
      waitsForPlace = false;
      const place = $$("a[data-go]").find((it) => it.dataset.go === event.key);
      if (place) return place.click();
    }
    if (event.key === "g") {
      waitsForPlace = true;
      setTimeout(() => { waitsForPlace = false; }, 1500);
    } else if (event.key === "j") { step(1); } else if (event.key === "k") { step(-1); } else if (event.key === "/") {
      const search = $("main input[type=search]");
      if (search) search.focus(); else openPalette();
      event.preventDefault();
    }
  });

  // htmx: our form token with each call; a piece's symbols join the page's, without doubles.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = $("meta[name=csrf]");
    if (token) event.detail.headers["X-CSRF-Token"] = token.content;
  });
  document.addEventListener("htmx:afterSwap", () => {
    const [first, ...others] = $$("svg.j-sprite");
    for (const sprite of others) {
      for (const symbol of $$("symbol", sprite)) if (!first.querySelector(`#${symbol.id}`)) first.append(symbol);
      sprite.remove();
    }
  });
})();
