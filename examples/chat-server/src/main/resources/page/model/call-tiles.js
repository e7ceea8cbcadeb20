const MAX_PICTURES = 4;

/**
 * Returns what a call shows: the screens that others share, the other participants, those who are awaited, and the user. At most
 * four of the others are shown as pictures, and the rest by their names.
 *
 * @typedef {{ key: string, userId: string, kind: "person" | "screen" | "awaited", isOwn?: boolean, stream?: MediaStream,
 *   hasPicture: boolean, isMuted?: boolean, isAway?: boolean, state?: string }} Tile
 * @returns {Tile[]}
 */
export function tilesOf({ self, participants }, user, awaited = []) {
  const screens = participants.filter(({ screen, screenStream }) => screen && screenStream).map(screenOf);
  const others = [...screens, ...participants.map(personOf), ...awaited.map(awaitedOf)];
  let pictures = 0;
  const limited = others.map((tile) => ({ ...tile, hasPicture: tile.hasPicture && pictures++ < MAX_PICTURES }));
  return [...limited, ownTile(self, user)];
}

const screenOf = ({ participantId, userId, screenStream }) => ({
  key: `screen ${participantId}`,
  userId,
  kind: "screen",
  stream: screenStream,
  hasPicture: true,
});

const personOf = ({ participantId, userId, audio, video, away, connection, stream }) => ({
  key: participantId,
  userId,
  kind: "person",
  stream,
  hasPicture: video && stream !== undefined,
  isMuted: !audio,
  isAway: away,
  state: connection,
});

const awaitedOf = ({ userId, state }) => ({ key: `awaited ${userId}`, userId, kind: "awaited", hasPicture: false, state });

const ownTile = ({ audio, video, stream }, userId) => ({
  key: "own",
  userId,
  kind: "person",
  isOwn: true,
  stream,
  hasPicture: video && stream !== undefined,
  isMuted: !audio,
});
