package io.roomcast.chat.socketio.internal.recovery;

import io.roomcast.chat.model.Resume;
import io.roomcast.chat.socketio.internal.packet.RecoveryRequest;
import java.time.Instant;

/**
 * A session that its client has recovered.
 *
 * @param id the public id of the session
 * @param request the client's request
 * @param positions the client's position in each room that the session was in
 * @param lostAt when the connection was lost
 */
public record RestoredSession(String id, RecoveryRequest request, Resume positions, Instant lostAt) {}
