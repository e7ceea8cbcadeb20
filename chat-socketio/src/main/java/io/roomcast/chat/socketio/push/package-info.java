/**
 * Notifications to browsers by Web Push, {@link io.roomcast.chat.socketio.push.WebPush}; needs
 * {@code zerodep-web-push-java} on the class path.
 */
@NullMarked
package io.roomcast.chat.socketio.push;

import org.jspecify.annotations.NullMarked;
