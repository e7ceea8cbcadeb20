/** Sends messages and their changes to an HTTP endpoint, {@link io.roomcast.chat.socketio.webhook.Webhook}. */
@NullMarked
package io.roomcast.chat.socketio.webhook;

import org.jspecify.annotations.NullMarked;
