/** Roomcast as a program: {@link io.roomcast.examples.chatserver.Main} runs what the environment asks for. */
@NullMarked
package io.roomcast.examples.chatserver;

import org.jspecify.annotations.NullMarked;
