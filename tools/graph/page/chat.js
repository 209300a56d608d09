// The phones: what one person writes, what they get back, and what the people at the desk receive.
// Everything shown is set as text, never as markup; styles come from the stylesheet alone.
'use strict';

const el = (id) => document.getElementById(id);
const world = { run: '', numbers: [], people: [] };
const chats = new Map();  // "number:phone" → { key, number, phone, name, messages: Map, unread, typing, draft }
let me = null;            // the person whose phone we hold
let seen = 0;
let webhook = 'unknown';  // what the simulator last said about Mitr
let unreachable = false;

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

const keyOf = (number, phone) => number + ':' + phone;

function chatOf(number, phone) {
  const key = keyOf(number, phone);
  if (!chats.has(key)) {
    chats.set(key, { key, number, phone, messages: new Map(), unread: 0, typing: 0, draft: '' });
  }
  return chats.get(key);
}

const customers = () => world.people.filter((p) => !p.desk);
const deskOf = (number) => world.people.filter((p) => p.desk && p.number === number);
const numberOf = (id) => world.numbers.find((n) => n.id === id) || { id, name: id, phone: '' };
const personOf = (number, phone) => world.people.find((p) => p.number === number && p.phone === phone);
const isDesk = (number, phone) => {
  const person = personOf(number, phone);
  return !person || person.desk;  // a phone nobody listed is somebody the business wrote to
};

function initials(name) {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] || '?')][0];
  const last = words.length > 1 ? [...words[words.length - 1]][0] : '';
  return (first + last).toUpperCase();
}

function face(node, name) {
  let sum = 0;
  for (const c of name) sum = (sum * 31 + c.codePointAt(0)) % 6000;
  node.className = 'face hue-' + (sum % 6);
  node.textContent = initials(name);
  return node;
}

const clockText = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

// -- one message ----

const kTicks = {
  pending: ['◷', 'Waiting for Mitr'],
  accepted: ['✓', 'Mitr has it'],
  read: ['✓✓', 'Read by Mitr'],
  failed: ['!', 'Not delivered'],
};

const kProgress = {
  accepted: 'accepted by the Graph API', sent: 'status sent', delivered: 'status delivered', read: 'status read',
};

function refusalText(code) {
  if (code === 131047) return 'Not delivered: more than 24 hours since the last message (131047)';
  return code ? 'Not delivered (' + code + ')' : 'Not delivered';
}

function bubble(message, mine, heading) {
  const node = make('div', 'bubble' + (mine ? ' mine' : ''));
  if (heading) node.append(make('span', 'for', heading));
  const text = message.text || (message.template ? 'Template “' + message.template + '”' : '');
  node.append(make('span', 'text', text));
  const meta = make('span', 'meta', clockText(message.at));
  if (mine) {
    const [sign, meaning] = kTicks[message.state] || kTicks.accepted;
    const tick = make('span', 'tick ' + message.state, sign);
    tick.title = meaning;
    tick.setAttribute('role', 'img');
    tick.setAttribute('aria-label', meaning);
    meta.append(tick);
  } else {
    meta.title = kProgress[message.state] || '';
  }
  node.append(meta);
  if (!mine && message.state === 'failed') node.append(make('span', 'refused', refusalText(message.error)));
  if (mine && message.state === 'failed') {
    node.append(make('span', 'refused', 'Mitr never took it. Send it again when it is back.'));
  }
  return node;
}

function buttonRow(message, usable) {
  const row = make('div', 'buttons');
  row.setAttribute('role', 'group');
  row.setAttribute('aria-label', 'Answers offered');
  for (const button of message.buttons || []) {
    const node = make('button', '', button.title);
    node.type = 'button';
    node.disabled = !usable;
    node.addEventListener('click', () => tap(message, button));
    row.append(node);
  }
  return row;
}

// -- drawing ----

/** Whether a log follows its newest message; it stops when the reader scrolls back. */
const stuck = new Map();
function follow(log) {
  log.addEventListener('scroll', () => {
    stuck.set(log, log.scrollHeight - log.scrollTop - log.clientHeight < 60);
  });
  new ResizeObserver(() => {
    if (stuck.get(log) !== false) log.scrollTop = log.scrollHeight;
  }).observe(log);
}

function drawPeople() {
  const rows = customers().map((person) => {
    const chat = chatOf(person.number, person.phone);
    const button = make('button', 'person');
    button.type = 'button';
    if (person === me) button.setAttribute('aria-current', 'true');
    button.append(face(make('span'), person.name));
    button.firstChild.setAttribute('aria-hidden', 'true');
    const lines = make('span', 'lines');
    lines.append(make('span', 'name', person.name));
    if (person.about) lines.append(make('span', 'about', person.about));
    lines.append(make('span', 'to', numberOf(person.number).name));
    button.append(lines);
    if (chat.unread > 0) {
      const count = make('span', 'unread', String(chat.unread));
      count.setAttribute('aria-label', chat.unread + ' unread');
      button.append(count);
    }
    button.addEventListener('click', () => hold(person));
    const row = make('li');
    row.append(button);
    return row;
  });
  const focused = [...el('people').children].findIndex((row) => row.contains(document.activeElement));
  el('people').replaceChildren(...rows);
  if (focused >= 0 && rows[focused]) rows[focused].firstChild.focus();
}

/** Items are { key, draw }: what a log shows, in order; the key changes when the look does. */
function chatItems(chat) {
  const messages = [...chat.messages.values()];
  const answeredBy = messages.map((m) => m.from).lastIndexOf('person');
  const items = [];
  messages.forEach((message, i) => {
    const mine = message.from === 'person';
    items.push({ key: message.id + message.state, draw: () => bubble(message, mine) });
    if (mine || !message.buttons) return;
    // As on a phone: a reply's buttons stay usable only until the person answers.
    const usable = i > answeredBy;
    items.push({ key: message.id + 'buttons' + usable, draw: () => buttonRow(message, usable) });
  });
  if (chat.typing > Date.now()) items.push({ key: 'typing', draw: () => make('div', 'typing', 'typing…') });
  return items;
}

/** Keeps the nodes whose key stayed, so that a screen reader hears only what is new and focus is not lost. */
function fillLog(log, items) {
  const stick = stuck.get(log) !== false;
  const old = new Map([...log.children].map((node) => [node.dataset.key, node]));
  const nodes = items.map(({ key, draw: drawItem }) => {
    if (old.has(key)) return old.get(key);
    const node = drawItem();
    node.dataset.key = key;
    return node;
  });
  const kept = new Set(nodes);
  for (const node of old.values()) if (!kept.has(node)) node.remove();
  nodes.forEach((node, i) => {
    if (log.children[i] !== node) log.insertBefore(node, log.children[i] || null);
  });
  if (stick) log.scrollTop = log.scrollHeight;
}

function emptyItem(text) {
  return { key: 'empty' + text, draw: () => make('p', 'empty', text) };
}

function chip(sentence) {
  const node = make('button', '', sentence);
  node.type = 'button';
  node.addEventListener('click', () => say(sentence));
  return node;
}

/** The first suggestion stands on top of the page, the others in the phone while nothing was said. */
function drawChips(chat) {
  const [first, ...others] = me.suggestions || [];
  if (el('try').dataset.of !== me.phone) {
    el('try').dataset.of = me.phone;
    el('try').replaceChildren(...(first ? [make('span', '', 'Try:'), chip(first)] : []));
  }
  const shown = chat.messages.size > 0 ? [] : others;
  if (el('chips').dataset.of !== me.phone + shown.length) {
    el('chips').dataset.of = me.phone + shown.length;
    el('chips').replaceChildren(...shown.map(chip));
  }
}

function drawChat() {
  if (!me) return;
  const number = numberOf(me.number);
  face(el('chat-face'), number.name);
  el('chat-title').textContent = number.name;
  el('chat-note').textContent = me.name + '’s phone';
  const chat = chatOf(me.number, me.phone);
  const items = chatItems(chat);
  if (items.length === 0) items.push(emptyItem('Nothing said yet. Take a sentence that is offered, or write your own.'));
  fillLog(el('log'), items);
  drawChips(chat);
}

function receivedAtDesk() {
  const received = [];
  for (const chat of chats.values()) {
    if (chat.number !== me.number || !isDesk(chat.number, chat.phone)) continue;
    for (const message of chat.messages.values()) {
      if (message.from === 'business') received.push({ chat, message });
    }
  }
  return received.sort((a, b) => a.message.seq - b.message.seq);
}

function drawDesk() {
  if (!me) return;
  const received = receivedAtDesk();
  const staff = deskOf(me.number);
  const last = received.length ? received[received.length - 1].chat.phone : staff.length ? staff[0].phone : '';
  const person = personOf(me.number, last);
  const name = person ? person.name : last ? '+' + last : '';
  face(el('desk-face'), name || numberOf(me.number).name);
  el('desk-title').textContent = name ? 'What ' + name + ' received' : 'At the desk';
  el('desk-note').textContent = person && person.about ? person.about : numberOf(me.number).name;
  el('desk-foot').hidden = !name;
  const several = received.some((r) => r.chat !== received[0].chat);
  const items = received.map(({ chat, message }) => {
    const to = personOf(chat.number, chat.phone);
    const heading = several ? (to ? to.name : '+' + chat.phone) : '';
    return { key: message.id + message.state + several, draw: () => bubble(message, false, heading) };
  });
  if (items.length === 0) {
    items.push(emptyItem(staff.length
      ? 'Nothing yet. When a request is confirmed, the message about it arrives here.'
      : numberOf(me.number).name + ' has nobody at the desk to notify. Requests are stored all the same.'));
  }
  fillLog(el('desk'), items);
}

function draw() {
  drawPeople();
  drawChat();
  drawDesk();
}

function complain() {
  let text = '';
  if (unreachable) {
    text = 'This page cannot reach the simulator. Is it still running? Trying again…';
  } else if (webhook === 'down') {
    text = 'Mitr is not answering; Meta would retry, and so do I.';
  }
  if (el('trouble').textContent !== text) el('trouble').textContent = text;
  el('trouble').hidden = text === '';
}

// -- doing ----

function hold(person) {
  if (me) chatOf(me.number, me.phone).draft = el('words').value;
  me = person;
  const chat = chatOf(me.number, me.phone);
  chat.unread = 0;
  el('words').value = chat.draft;
  grow();
  stuck.clear();
  draw();
  el('words').focus({ preventScroll: true });
  history.replaceState(null, '', '#' + person.phone);
  poller.restart();
}

async function post(body) {
  try {
    const answer = await fetch('/sim/say', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    });
    unreachable = false;
    return answer.ok;
  } catch {
    unreachable = true;
    complain();
    return false;
  }
}

function say(text) {
  if (!me || !text.trim()) return Promise.resolve(false);
  stuck.set(el('log'), true);
  return post({ from: me.phone, to_number: me.number, text });
}

function tap(message, button) {
  return post({ from: me.phone, to_number: me.number, button, under: message.id });
}

function grow() {
  const words = el('words');
  words.rows = Math.min(5, words.value.split('\n').length);
}

async function submit() {
  const words = el('words');
  const text = words.value;
  if (!text.trim()) return;
  words.value = '';
  grow();
  // What could not be handed over goes back into the box, unless something else was typed meanwhile.
  if (!await say(text) && words.value === '') words.value = text;
}

// -- news ----

function take(event) {
  const chat = chatOf(event.number, event.phone);
  if (event.kind === 'message') {
    chat.messages.set(event.id, event);
    if (event.from === 'business') {
      chat.typing = 0;
      const open = me && me.number === event.number && me.phone === event.phone;
      if (!open) chat.unread += 1;
    }
  } else if (event.kind === 'state') {
    const message = chat.messages.get(event.id);
    if (message) {
      message.state = event.state;
      message.error = event.error || 0;
      if (event.state === 'read' && message.from === 'person') markReadUntil(chat, event.id);
    }
  } else if (event.kind === 'typing') {
    chat.typing = Date.now() + 25000;
    setTimeout(drawChat, 25100);
  }
}

function markReadUntil(chat, id) {
  for (const message of chat.messages.values()) {
    if (message.from === 'person' && message.state === 'accepted') message.state = 'read';
    if (message.id === id) return;
  }
}

function screens() {
  if (!me || document.visibilityState !== 'visible') return '';
  const open = [keyOf(me.number, me.phone)];
  for (const person of deskOf(me.number)) open.push(keyOf(person.number, person.phone));
  return open.slice(0, 16).join(',');
}

async function poll(signal) {
  if (!world.run) await meet();
  const query = new URLSearchParams({ after: seen, webhook, open: screens() });
  const answer = await fetch('/sim/events?' + query, { signal });
  if (!answer.ok) throw new Error('no news');
  const news = await answer.json();
  unreachable = false;
  webhook = news.webhook;
  if (news.run !== world.run) return meet();
  news.events.forEach(take);
  seen = news.next;
  if (news.events.length) draw();
  complain();
}

/** Asks for news for ever; a restart names the newly opened chat at once, so that it counts as read. */
const poller = {
  current: null,
  restart() {
    if (this.current) this.current.abort();
  },
  async run() {
    for (;;) {
      this.current = new AbortController();
      try {
        await poll(this.current.signal);
      } catch (error) {
        if (error.name === 'AbortError') continue;
        unreachable = true;
        complain();
        await new Promise((wake) => setTimeout(wake, 1500));
      }
    }
  },
};

/** Learns who there is; also after the simulator was restarted, when all it knew is gone. */
async function meet() {
  const answer = await fetch('/sim/world');
  if (!answer.ok) throw new Error('no world');
  Object.assign(world, await answer.json());
  chats.clear();
  seen = 0;
  const wanted = me ? me.phone : location.hash.slice(1);
  const people = customers();
  me = people.find((p) => p.phone === wanted) || people[0] || null;
  draw();
}

el('form').addEventListener('submit', (event) => {
  event.preventDefault();
  submit();
});
el('words').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
el('words').addEventListener('input', grow);
document.addEventListener('visibilitychange', () => poller.restart());

follow(el('log'));
follow(el('desk'));
el('words').focus({ preventScroll: true });
poller.run();
