/**
 * {@link io.roomcast.chat.time.VirtualTime} for tests: a clock and a scheduler that only the test advances. Published as
 * the artifact {@code chat-core} of the type {@code test-jar}.
 */
package io.roomcast.chat.time;
