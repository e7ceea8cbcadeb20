/**
 * What hosts need to test their chat: {@link io.roomcast.chat.socketio.testkit.ChatServerExtension} for JUnit.
 *
 * <p>Published as the artifact {@code chat-socketio} of the type {@code test-jar}. It needs {@code junit-jupiter-api} of
 * the host.
 */
@NullMarked
package io.roomcast.chat.socketio.testkit;

import org.jspecify.annotations.NullMarked;
