package io.roomcast.chat.socketio.contract;

/**
 * A field of an object.
 *
 * @param name its name
 * @param type the type of its value
 * @param required whether it is always present
 * @param description what the name does not express; may be empty
 */
record Field(String name, Type type, boolean required, String description) {}
