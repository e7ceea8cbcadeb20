/**
 * Calls the host's code on separate threads, within time limits, and catches its failures.
 *
 * <p>{@link io.roomcast.chat.internal.port.Ports} assembles the ports that may block. Any thread may call them; none of
 * the callers blocks.
 */
@NullMarked
package io.roomcast.chat.internal.port;

import org.jspecify.annotations.NullMarked;
