package io.roomcast.chat.socketio.internal.http;

import io.roomcast.chat.socketio.internal.request.HttpRejection;

/** Returns the JSON body of the response to a rejected request. Called on event loops; must not block. */
@FunctionalInterface
public interface RejectionBody {
    /** Returns the body, always the same for the same reason. */
    String json(HttpRejection rejection);
}
