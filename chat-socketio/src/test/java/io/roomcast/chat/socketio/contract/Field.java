package io.roomcast.chat.socketio.contract;

/**
 * A field of an object.
 *
 * @param name its name
 * @param type what its value is
 * @param required whether it is always there
 * @param says what its name does not tell; may be empty
 */
record Field(String name, Type type, boolean required, String says) {}
