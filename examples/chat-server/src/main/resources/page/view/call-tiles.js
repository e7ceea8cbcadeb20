import { tilesOf } from "../model/call-tiles.js";
import { paintAvatar } from "./avatar.js";
import { arrange, byId, fromTemplate } from "./dom.js";

const MOST_COLUMNS = 4;
const STATES = { connecting: "Connecting…", reconnecting: "Reconnecting…", ringing: "Ringing…", absent: "Not online" };

/** Shows who takes part in a call. Calls onSilent if the browser plays no sound before the user has pressed something. */
export function createCallTiles(session, onSilent) {
  const list = byId("call-tiles");
  const items = new Map();

  function show(call, awaited) {
    const tiles = tilesOf(call, session.user, awaited);
    const keys = new Set(tiles.map(({ key }) => key));
    [...items.keys()].filter((key) => !keys.has(key)).forEach(forget);
    list.dataset.videos = tiles.filter(({ hasPicture }) => hasPicture).length;
    list.dataset.columns = columnsFor(tiles);
    arrange(list, tiles.map(filled));
    session.showUsers(tiles.map(({ userId }) => userId));
  }

  function filled(tile) {
    if (!items.has(tile.key)) items.set(tile.key, fromTemplate("tile-template"));
    const item = items.get(tile.key);
    const find = (selector) => item.querySelector(selector);
    const name = session.nameOf(tile.userId);
    item.classList.toggle("self", tile.isOwn === true);
    item.dataset.kind = tile.kind;
    item.dataset.user = tile.userId;
    item.dataset.video = tile.hasPicture;
    item.dataset.away = tile.isAway === true;
    paintAvatar(find(".avatar"), name, tile.userId);
    find(".tile-name").textContent = labelOf(tile, name);
    find("[data-mark=muted]").hidden = !tile.isMuted;
    find(".tile-about").textContent = aboutOf(tile);
    showPicture(find("video"), tile);
    if (!tile.isOwn) playSound(find("audio"), tile.stream);
    return item;
  }

  function playSound(audio, stream = null) {
    if (audio.srcObject === stream) return;
    audio.srcObject = stream;
    if (stream) play(audio);
  }

  async function play(audio) {
    try {
      await audio.play();
    } catch ({ name }) {
      if (name === "NotAllowedError") onSilent();
    }
  }

  /** Ends what plays: an element that was removed would play on. */
  function forget(key) {
    for (const media of items.get(key).querySelectorAll("audio, video")) media.srcObject = null;
    items.delete(key);
  }

  return {
    show,
    playAll: () => list.querySelectorAll("audio").forEach((audio) => audio.srcObject && play(audio)),
    clear() {
      [...items.keys()].forEach(forget);
      list.replaceChildren();
    },
  };
}

function showPicture(video, { hasPicture, stream }) {
  const shown = hasPicture ? stream : null;
  video.hidden = !hasPicture;
  // The attribute of the template does not mute a copy.
  video.muted = true;
  if (video.srcObject !== shown) video.srcObject = shown;
}

function labelOf({ kind, isOwn }, name) {
  if (kind === "screen") return `Screen of ${name}`;
  return isOwn ? "You" : name;
}

const aboutOf = ({ isAway, state }) => (isAway ? "Connection lost" : (STATES[state] ?? ""));

/** Returns how many people are beside each other. A shared screen has a line of its own. */
function columnsFor(tiles) {
  const people = tiles.filter(({ kind }) => kind !== "screen").length;
  const isLine = people < tiles.length || people === 3 || tiles.every(({ hasPicture }) => !hasPicture);
  return Math.min(MOST_COLUMNS, isLine ? people : Math.ceil(Math.sqrt(people)));
}
