/**
 * The wire form of commands, replies and events: one class for each family holds their names, readers and writers.
 *
 * <p>{@link io.roomcast.chat.socketio.internal.wire.WireCommands} is the index of commands, and {@link
 * io.roomcast.chat.socketio.internal.wire.WireEvents} the index of events. Stateless; any thread.
 */
@NullMarked
package io.roomcast.chat.socketio.internal.wire;

import org.jspecify.annotations.NullMarked;
