package io.roomcast.chat.socketio.redis;

/** What a bus holds over reconnections. Safe for use by any thread. */
record RedisState(RedisNames names, OperationQueue queue, OwnEntries entries, Subscriptions subscriptions) {
    RedisState(RedisNames names) {
        this(names, new OperationQueue(), new OwnEntries(), new Subscriptions());
    }
}
