/** A chat server as a program, configured by environment variables. Start at {@link io.roomcast.examples.chatserver.Main}. */
@NullMarked
package io.roomcast.examples.chatserver;

import org.jspecify.annotations.NullMarked;
